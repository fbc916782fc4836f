using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>Walks from the root to one node, keeping the schemas that apply on the way.</summary>
internal sealed class ApplicableSchemaFinder(Evaluation evaluation)
{
    private const int MaxApplicable = 2000;
    private const int MaxNesting = 64;

    /// <summary>The value that rules out no branch; no node if each does.</summary>
    public SyntaxNode Undecided { get; init; }

    public ImmutableArray<ApplicableSchema> Find(JsonSchema schema, SyntaxNode target)
    {
        if (target.IsNone)
        {
            return [];
        }

        var path = new Stack<SyntaxNode>();
        for (var node = target.Kind == SyntaxKind.Property ? target.Value : target; node.Kind != SyntaxKind.Document; node = node.Parent)
        {
            if (node.IsNone)
            {
                return [];
            }

            path.Push(node);
        }

        var current = new Level();
        if (path.Count == 0)
        {
            // An empty document: what the root would be.
            Expand(schema.Root, default, isCertain: true, current, 0);
            return [.. current.Schemas];
        }

        Expand(schema.Root, path.Peek(), isCertain: true, current, 0);
        var parent = path.Pop();
        while (path.TryPop(out var node))
        {
            if (node.Kind == SyntaxKind.Property)
            {
                current = EnterProperty(current, node);
                parent = path.Pop();
            }
            else
            {
                current = EnterItem(current, OrdinalOf(parent, node), node);
                parent = node;
            }
        }

        return [.. current.Schemas];
    }

    /// <summary>The schemas of the value at the top.</summary>
    public Level EnterRoot(JsonSchema schema, SyntaxNode root)
    {
        var level = new Level();
        Expand(schema.Root, root, isCertain: true, level, 0);
        return level;
    }

    /// <summary>The schemas of the value of a property in an object.</summary>
    public Level EnterProperty(Level outer, SyntaxNode property)
    {
        var inner = new Level();
        var unclaimed = new List<(SchemaNode Schema, bool IsCertain)>();
        var isKnown = false;
        foreach (var (schema, isCertain) in outer.Schemas)
        {
            var own = EnterMembers(schema, property, isCertain, inner);
            isKnown |= own;
            if (schema.UnevaluatedProperties is { } unevaluated)
            {
                unclaimed.Add((unevaluated, isCertain));
            }
        }

        foreach (var (schema, isCertain) in isKnown ? [] : unclaimed)
        {
            Expand(schema, property.Value, isCertain, inner, 0);
        }

        inner.IsUnknownKey = inner.Schemas.TrueForAll(static found => found.Schema.Always is not null) && IsUnknown(outer, property);
        return inner;
    }

    /// <summary>Whether keys are named around the property, and it is none of them. Beside the settings of a section anything may stand.</summary>
    private static bool IsUnknown(Level outer, SyntaxNode property)
    {
        var name = property.GetUtf8();
        var isUnknown = false;
        foreach (var (schema, _) in outer.Schemas)
        {
            var hasSection = false;
            foreach (var keyword in schema.Keywords)
            {
                switch (keyword)
                {
                    case MembersKeyword members when members.Knows(name):
                        return false;
                    case SectionKeyword section:
                        hasSection = true;
                        isUnknown |= section.SchemasOf(name) is null;
                        break;
                }
            }

            isUnknown |= !hasSection && !schema.Properties.IsEmpty;
        }

        return isUnknown;
    }

    private bool EnterMembers(SchemaNode schema, SyntaxNode property, bool isCertain, Level inner)
    {
        var isKnown = false;
        var name = property.GetUtf8();
        foreach (var keyword in schema.Keywords)
        {
            var schemas = keyword switch
            {
                MembersKeyword members => members.SchemasOf(name),
                SectionKeyword section => section.SchemasOf(name) ?? [],
                _ => [],
            };
            foreach (var member in schemas)
            {
                Expand(member, property.Value, isCertain, inner, 0);
                isKnown = true;
            }
        }

        return isKnown;
    }

    private static int OrdinalOf(SyntaxNode array, SyntaxNode item)
    {
        var ordinal = 0;
        foreach (var child in array.Children)
        {
            if (child == item)
            {
                break;
            }

            ordinal++;
        }

        return ordinal;
    }

    /// <summary>The schemas of an item of an array.</summary>
    public Level EnterItem(Level outer, int ordinal, SyntaxNode item)
    {
        var inner = new Level();
        var isKnown = false;
        foreach (var (schema, isCertain) in outer.Schemas)
        {
            var own = ordinal < schema.PrefixItems.Length ? schema.PrefixItems[ordinal] : schema.Items;
            if (own is not null)
            {
                isKnown = true;
                Expand(own, item, isCertain, inner, 0);
            }

            if (schema.Contains is { } contains)
            {
                Expand(contains, item, isCertain: false, inner, 0);
            }
        }

        foreach (var (schema, isCertain) in isKnown ? [] : outer.Schemas.ToArray())
        {
            if (schema.UnevaluatedItems is { } unevaluated)
            {
                Expand(unevaluated, item, isCertain, inner, 0);
            }
        }

        return inner;
    }

    /// <summary>Adds a schema and those that apply through it to the same value.</summary>
    private void Expand(SchemaNode schema, SyntaxNode instance, bool isCertain, Level level, int nesting)
    {
        if (nesting > MaxNesting || level.Schemas.Count >= MaxApplicable || !level.Add(schema, isCertain))
        {
            return;
        }

        if (!evaluation.TryEnter(schema, instance, out var outer))
        {
            level.DependsOnValue = true;
            return;
        }

        foreach (var keyword in schema.Keywords)
        {
            switch (keyword)
            {
                case ReferenceKeyword reference:
                    Expand(reference.TargetIn(evaluation), instance, isCertain, level, nesting + 1);
                    break;
                case VariantsKeyword variants:
                    level.DependsOnValue = true;
                    ExpandVariants(variants, instance, isCertain, level, nesting + 1);
                    break;
            }
        }

        foreach (var part in schema.AllOf)
        {
            Expand(part, instance, isCertain, level, nesting + 1);
        }

        level.DependsOnValue |= schema.If is not null || !schema.DependentSchemas.IsEmpty;
        if (schema.If is { } condition)
        {
            var holds = evaluation.IsValid(condition, instance);
            if ((holds ? schema.Then : schema.Else) is { } branch)
            {
                Expand(branch, instance, isCertain, level, nesting + 1);
            }

            // What a condition looks at are keys worth knowing, though it demands nothing.
            Expand(condition, instance, isCertain: false, level, nesting + 1);
        }

        foreach (var (key, dependent) in schema.DependentSchemas)
        {
            if (instance.Kind == SyntaxKind.Object && instance.TryGetProperty(Encoding.UTF8.GetBytes(key), out _))
            {
                Expand(dependent, instance, isCertain, level, nesting + 1);
            }
        }

        evaluation.Leave(outer);
    }

    /// <summary>
    /// The fitting branches apply; the others are candidates unless a type or a key with listed values rules them out. If all are ruled out, all
    /// are candidates, since then the value that rules them out may be what is wrong. A value that is to be replaced rules nothing out either.
    /// </summary>
    private void ExpandVariants(VariantsKeyword variants, SyntaxNode instance, bool isCertain, Level level, int nesting)
    {
        var isGap = KindClass.Of(instance.Kind) < 0;
        var fitting = isGap ? [] : variants.Fitting(evaluation, instance);
        foreach (var number in fitting)
        {
            Expand(variants.Branches[number], instance, isCertain, level, nesting);
        }

        var fits = fitting.ToHashSet();
        var open = variants.Facts.Where(f => !fits.Contains(f.Number) && (isGap || IsOpen(f, instance))).ToArray();
        if (open.Length == 0 && fitting.Count == 0)
        {
            open = variants.Facts;
        }

        foreach (var facts in open)
        {
            Expand(facts.Branch, instance, isCertain: isCertain && variants.Branches.Length == 1, level, nesting);
        }
    }

    private bool IsOpen(BranchFacts facts, SyntaxNode instance)
    {
        if (!facts.AcceptsTypeOf(instance))
        {
            return false;
        }

        foreach (var (key, listed) in facts.Constants)
        {
            if (instance.Kind == SyntaxKind.Object && instance.TryGetProperty(Encoding.UTF8.GetBytes(key), out var value)
                && value.IsValue && value != Undecided && listed.Values.Length == 1 && !listed.IsValid(evaluation, value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The schemas of one value, each once; certain wins over candidate.</summary>
    public sealed class Level
    {
        private readonly Dictionary<SchemaNode, int> _places = [];

        public List<ApplicableSchema> Schemas { get; } = [];

        /// <summary>Whether another value at the same place might have other schemas.</summary>
        public bool DependsOnValue { get; set; }

        /// <summary>Whether the schemas of the object name keys, and none of them this one.</summary>
        public bool IsUnknownKey { get; set; }

        public bool Add(SchemaNode schema, bool isCertain)
        {
            if (!_places.TryGetValue(schema, out var place))
            {
                _places[schema] = Schemas.Count;
                Schemas.Add(new ApplicableSchema(schema, isCertain));
                return true;
            }

            if (!isCertain || Schemas[place].IsCertain)
            {
                return false;
            }

            Schemas[place] = new ApplicableSchema(schema, IsCertain: true);
            return true;
        }
    }
}
