using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>The schemas that apply, for certain or perhaps, to the value of one key.</summary>
internal sealed class SchemaLevel(ImmutableArray<ApplicableSchema> direct)
{
    /// <summary>Nothing is said about the value.</summary>
    public static readonly SchemaLevel Empty = new([]);

    /// <summary>Combinations are unfolded no further than this many schemas.</summary>
    private const int MaxSchemas = 2000;

    /// <summary>Names are found until so many schemas were asked about one, all names together.</summary>
    private const int MaxLooks = 2_000_000;

    private ImmutableArray<ApplicableSchema> _unfolded;
    private ImmutableArray<string> _names;

    /// <summary>The schemas that stand at the key itself.</summary>
    public ImmutableArray<ApplicableSchema> Direct { get; } = direct;

    /// <summary>These and the ones that they refer to and combine, each once, nearest first.</summary>
    public ImmutableArray<ApplicableSchema> Unfolded => _unfolded.IsDefault ? _unfolded = Unfold() : _unfolded;

    /// <summary>The keys that they name, in order, each once; one that a certain schema forbids is none.</summary>
    public ImmutableArray<string> Names => _names.IsDefault ? _names = FindNames() : _names;

    /// <summary>The types that all certain schemas allow; without any, those that some schema allows.</summary>
    public InstanceTypes Types
    {
        get
        {
            var certain = Direct.Where(static s => s.IsCertain).ToArray();
            return certain.Length > 0 ? certain.Aggregate(InstanceTypes.All, static (types, s) => types & TypesOf(s.Schema, []))
                : Direct.IsEmpty ? InstanceTypes.All
                : Direct.Aggregate(InstanceTypes.None, static (types, s) => types | TypesOf(s.Schema, []));
        }
    }

    /// <summary>What applies to a key of the object.</summary>
    public (KeyState State, SchemaLevel Level) Enter(string name)
    {
        var search = new Search(Encoding.UTF8.GetBytes(name));
        var found = new Findings();
        var (possible, closedPossible) = (0, 0);
        foreach (var (schema, isCertain) in Direct)
        {
            var findings = search.Look(schema);
            if (isCertain)
            {
                found.Demand(findings);
            }
            else
            {
                possible++;
                closedPossible += findings.IsClosed ? 1 : 0;
                found.Suppose(findings);
            }
        }

        var isClosed = found.IsClosed || (possible > 0 && possible == closedPossible && possible == Direct.Length);
        return isClosed ? (KeyState.Closed, Empty) : (found.IsKnown ? KeyState.Known : KeyState.Open, new SchemaLevel(found.ToArray()));
    }

    private static InstanceTypes TypesOf(SchemaNode node, Dictionary<SchemaNode, InstanceTypes> known)
    {
        if (node.Always is false)
        {
            return InstanceTypes.None;
        }

        // A schema that leads back to itself demands nothing more by that.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack() || !known.TryAdd(node, InstanceTypes.All))
        {
            return known.GetValueOrDefault(node, InstanceTypes.All);
        }

        var types = node.Types & ListedTypes(node);
        if (node.Reference is { } target)
        {
            types &= TypesOf(target, known);
        }

        foreach (var part in node.AllOf)
        {
            types &= TypesOf(part, known);
        }

        foreach (var branches in (ReadOnlySpan<ImmutableArray<SchemaNode>>)[node.AnyOf, node.OneOf])
        {
            var some = branches.IsEmpty ? InstanceTypes.All : InstanceTypes.None;
            foreach (var branch in branches)
            {
                some |= TypesOf(branch, known);
            }

            types &= some;
        }

        known[node] = types;
        return types;
    }

    private static InstanceTypes ListedTypes(SchemaNode node)
    {
        var types = InstanceTypes.All;
        foreach (var keyword in node.Keywords)
        {
            if (keyword is AllowedValuesKeyword listed)
            {
                types &= listed.Values.Aggregate(InstanceTypes.None, static (some, value) => some | TypeOf(value));
            }
        }

        return types;
    }

    private static InstanceTypes TypeOf(SyntaxNode value) => value.Kind switch
    {
        SyntaxKind.Number => NumberText.IsInteger(value.RawText, allowZeroFraction: true) ? InstanceTypes.Number | InstanceTypes.Integer : InstanceTypes.Number,
        SyntaxKind.Null => InstanceTypes.Null,
        SyntaxKind.True or SyntaxKind.False => InstanceTypes.Boolean,
        SyntaxKind.Object => InstanceTypes.Object,
        SyntaxKind.Array => InstanceTypes.Array,
        SyntaxKind.String => InstanceTypes.String,
        _ => InstanceTypes.None,
    };

    private ImmutableArray<ApplicableSchema> Unfold()
    {
        var places = new Dictionary<SchemaNode, int>();
        var result = ImmutableArray.CreateBuilder<ApplicableSchema>();
        var queue = new Queue<ApplicableSchema>(Direct);
        while (result.Count < MaxSchemas && queue.TryDequeue(out var next))
        {
            var (node, isCertain) = next;
            if (places.TryGetValue(node, out var place))
            {
                if (!isCertain || result[place].IsCertain)
                {
                    continue;
                }

                // Met again in a way that makes it certain, and so all that follows from it.
                result[place] = next;
            }
            else
            {
                places[node] = result.Count;
                result.Add(next);
            }

            foreach (var part in InPlace(node))
            {
                queue.Enqueue(new ApplicableSchema(part.Schema, part.IsCertain && isCertain));
            }
        }

        return result.ToImmutable();
    }

    private static IEnumerable<ApplicableSchema> InPlace(SchemaNode node)
    {
        if (node.Reference is { } target)
        {
            yield return new ApplicableSchema(target, IsCertain: true);
        }

        foreach (var part in node.AllOf)
        {
            yield return new ApplicableSchema(part, IsCertain: true);
        }

        foreach (var branch in node.AnyOf.Concat(node.OneOf).Concat(node.DependentSchemas.Select(static d => d.Value)))
        {
            yield return new ApplicableSchema(branch, IsCertain: false);
        }

        foreach (var branch in new[] { node.If, node.Then, node.Else })
        {
            if (branch is not null)
            {
                yield return new ApplicableSchema(branch, IsCertain: false);
            }
        }
    }

    private ImmutableArray<string> FindNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var result = ImmutableArray.CreateBuilder<string>();
        var most = MaxLooks / Math.Max(1, Unfolded.Length);
        foreach (var (schema, _) in Unfolded)
        {
            foreach (var property in schema.Properties)
            {
                if (names.Count < most && property.Schema is not null && names.Add(property.Name) && Enter(property.Name).State == KeyState.Known)
                {
                    result.Add(property.Name);
                }
            }
        }

        return result.ToImmutable();
    }

    /// <summary>Looks one name up in schemas and in those that they combine, each once.</summary>
    private sealed class Search(byte[] name)
    {
        private readonly Dictionary<SchemaNode, Findings> _known = [];

        public Findings Look(SchemaNode node)
        {
            if (_known.TryGetValue(node, out var known))
            {
                return known;
            }

            var findings = new Findings();
            _known[node] = findings;
            if (node.Always is false || (node.Types & InstanceTypes.Object) == 0)
            {
                findings.Close();
                return findings;
            }

            if (_known.Count >= MaxSchemas || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                return findings;
            }

            var isClaimed = LookInMembers(node, findings);
            if (node.Reference is { } target)
            {
                findings.Demand(Look(target));
            }

            foreach (var part in node.AllOf)
            {
                findings.Demand(Look(part));
            }

            LookInBranches(node.AnyOf, findings);
            LookInBranches(node.OneOf, findings);
            if (node is { If: not null, Then: { } then, Else: { } otherwise })
            {
                LookInBranches([then, otherwise], findings);
            }
            else if (node.If is not null && (node.Then ?? node.Else) is { } only)
            {
                findings.Suppose(Look(only));
            }

            if (node.If is { } condition)
            {
                findings.Suppose(Look(condition));
            }

            foreach (var (_, dependent) in node.DependentSchemas)
            {
                findings.Suppose(Look(dependent));
            }

            if (!isClaimed && !findings.IsKnown && node.UnevaluatedProperties is { } unevaluated)
            {
                Claim(unevaluated, findings);
            }

            return findings;
        }

        /// <summary>What the schema itself says; whether anything.</summary>
        private bool LookInMembers(SchemaNode node, Findings findings)
        {
            var isClaimed = false;
            foreach (var keyword in node.Keywords)
            {
                if (keyword is not MembersKeyword members)
                {
                    continue;
                }

                var isNamed = members.Knows(name);
                foreach (var schema in members.SchemasOf(name))
                {
                    isClaimed = true;
                    if (isNamed && schema.Always is not false)
                    {
                        findings.Add(schema);
                        findings.IsKnown = true;
                    }
                    else
                    {
                        Claim(schema, findings);
                    }
                }
            }

            return isClaimed;
        }

        private void LookInBranches(ImmutableArray<SchemaNode> branches, Findings findings)
        {
            var closed = 0;
            foreach (var branch in branches)
            {
                var within = Look(branch);
                closed += within.IsClosed ? 1 : 0;
                findings.Suppose(within);
            }

            if (closed > 0 && closed == branches.Length)
            {
                findings.Close();
            }
        }

        /// <summary>Takes the schema of keys that have no name: it may forbid them, describe them or just let them be.</summary>
        private static void Claim(SchemaNode schema, Findings findings)
        {
            if (schema.Always is false)
            {
                findings.Close();
            }
            else if (!schema.IsTrivial || schema.Annotations.Schema is { Kind: SyntaxKind.Object, ChildCount: > 0 })
            {
                findings.Add(schema);
                findings.IsKnown = true;
            }
        }
    }

    /// <summary>What one schema says about one name.</summary>
    private sealed class Findings
    {
        private readonly Dictionary<SchemaNode, int> _places = [];
        private readonly List<ApplicableSchema> _schemas = [];

        public bool IsClosed { get; private set; }

        public bool IsKnown { get; set; }

        public void Close() => IsClosed = true;

        public void Add(SchemaNode schema) => Add(new ApplicableSchema(schema, IsCertain: true));

        /// <summary>Takes what a schema says that applies too.</summary>
        public void Demand(Findings other)
        {
            IsClosed |= other.IsClosed;
            IsKnown |= other.IsKnown;
            other._schemas.ForEach(Add);
        }

        /// <summary>Takes what a schema says that may apply.</summary>
        public void Suppose(Findings other)
        {
            if (!other.IsClosed)
            {
                IsKnown |= other.IsKnown;
                other._schemas.ForEach(s => Add(s with { IsCertain = false }));
            }
        }

        public ImmutableArray<ApplicableSchema> ToArray() => [.. _schemas.OrderByDescending(static s => s.IsCertain)];

        private void Add(ApplicableSchema schema)
        {
            if (_places.TryGetValue(schema.Schema, out var place))
            {
                _schemas[place] = schema.IsCertain ? schema : _schemas[place];
            }
            else
            {
                _places[schema.Schema] = _schemas.Count;
                _schemas.Add(schema);
            }
        }
    }
}
