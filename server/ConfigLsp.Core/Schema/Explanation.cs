using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// The explaining mode: walks an instance that does not fit, or may deserve warnings, and reports what is wrong where. Where the whole document
/// is known to fit it goes only where a warning may be.
/// </summary>
internal sealed class Explanation(Evaluation evaluation, JsonSchema schema, SyntaxNode root, int maxProblems, bool isValid = false)
{
    /// <summary>Explaining remembers where it was, so that it costs more than a look.</summary>
    private const int StepsPerExplanation = 8;

    private const int MaxPlaceSearches = 16;

    private readonly Lazy<SecretMap> _secrets = new(() => new SecretMap(schema, root));
    private readonly List<(int Depth, SchemaNode Schema)> _around = [];
    private int _placeSearches;
    private Collector _collector = new(maxProblems);
    private KnownKeys? _knownKeys;
    private (IReadOnlyList<SyntaxNode> Values, ValueSuggestions Suggestions)? _suggestions;

    /// <summary>The fast mode, for deciding between alternatives.</summary>
    public Evaluation Evaluation { get; } = evaluation;

    /// <summary>Where the current instance is.</summary>
    public InstancePath Path { get; } = new();

    /// <summary>What was reported, in order of the walk.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _collector.Found;

    /// <summary>Whether the limit was reached.</summary>
    public bool HasMore => _collector.HasMore;

    /// <summary>
    /// Whether this is the trial of a branch. Trials are not nested: alternatives within alternatives would otherwise multiply at each level.
    /// </summary>
    public bool IsTrying { get; private set; }

    /// <summary>How messages call the current instance.</summary>
    public string Name => Path.ToName();

    /// <summary>Reports why the current instance does not fit the schema, and the warnings that the schema has for it.</summary>
    public void Explain(SchemaNode schema, SyntaxNode instance)
    {
        var kindClass = KindClass.Of(instance.Kind);
        if (kindClass < 0 || schema.Always is true || _collector.HasMore || HasNothingToSay(schema, instance))
        {
            return;
        }

        if (schema.Always is false)
        {
            ReportForbidden(new KeywordSite(schema, "false", default), instance);
            return;
        }

        // A shared schema that was explained for this instance has nothing to add; in recursive schemas this keeps the walk finite.
        if (!Evaluation.TrySpend(StepsPerExplanation) || !Evaluation.TryEnter(schema, instance, out var outer))
        {
            return;
        }

        if (schema.IsShared && !_collector.Explained.Add((schema.Id, instance.Index, Evaluation.Scope.Id)))
        {
            Evaluation.Leave(outer);
            return;
        }

        if (schema.IsDeprecated)
        {
            DeprecationReport.Add(this, schema, instance);
        }

        if (!Evaluation.HasType(schema, instance, kindClass))
        {
            TypeReport.Add(this, schema, instance);
        }
        else
        {
            _around.Add((Path.Depth, schema));
            foreach (var keyword in schema.KeywordsByKind[kindClass])
            {
                if (!isValid || keyword.MayWarn)
                {
                    keyword.Explain(this, instance);
                }
            }

            _around.RemoveAt(_around.Count - 1);
        }

        Evaluation.Leave(outer);
    }

    /// <summary>The schemas that are being explained for an instance on the way to the current one.</summary>
    public IEnumerable<SchemaNode> SchemasAt(int depth) => _around.Where(a => a.Depth == depth).Select(static a => a.Schema);

    /// <summary>Whether one more search through the schema is within what an explanation may cost.</summary>
    public bool MaySearch() => ++_placeSearches <= MaxPlaceSearches;

    /// <summary>The keys that the schema knows for an object, remembered for the next unknown key of the same object.</summary>
    public KnownKeys KnownKeysOf(SchemaNode schema, SyntaxNode instance) =>
        _knownKeys is { } known && known.AreOf(schema, instance) ? known : _knownKeys = new KnownKeys(this, schema, instance);

    /// <summary>The keys that a schema knows.</summary>
    public IReadOnlyDictionary<string, SchemaNode> KeysOf(SchemaNode schema)
    {
        var facts = new BranchFacts(schema, 0);
        Evaluation.TrySpend(facts.Looked);
        return facts.Keys;
    }

    /// <summary>What listed values say, remembered for the next finding about the same list.</summary>
    public ValueSuggestions SuggestionsOf(IReadOnlyList<SyntaxNode> values)
    {
        if (_suggestions is not { } last || !ReferenceEquals(last.Values, values))
        {
            _suggestions = last = (values, new ValueSuggestions(values));
        }

        return last.Suggestions;
    }

    /// <summary>Explains the value of a property of the current instance.</summary>
    public void ExplainProperty(SchemaNode schema, SyntaxNode property)
    {
        if (HasNothingToSay(schema, property.Value))
        {
            return;
        }

        Path.EnterProperty(property);
        Explain(schema, property.Value);
        Path.Leave();
    }

    /// <summary>Of a large map or list: the only members that the schema for all of them may have something to say of; default where that is not known.</summary>
    public ImmutableArray<int> MisfitsOf(SchemaNode schema, SyntaxNode container)
    {
        if (schema.MayWarn || Evaluation.MisfitsOf(container) is not { } misfits)
        {
            return default;
        }

        var found = misfits.Find(Evaluation, schema, container);
        return found.IsDefault ? misfits.Collect(Evaluation, schema, container) : found;
    }

    /// <summary>Explains an item of the current instance.</summary>
    public void ExplainItem(SchemaNode schema, SyntaxNode item, int ordinal)
    {
        if (HasNothingToSay(schema, item))
        {
            return;
        }

        Path.EnterItem(item, ordinal);
        Explain(schema, item);
        Path.Leave();
    }

    /// <summary>Adds a finding. A message in the schema replaces the given one.</summary>
    /// <param name="site">The keyword that is not satisfied.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="span">The bytes to underline, if not the whole instance.</param>
    /// <param name="expected">What was expected, for programs.</param>
    /// <param name="suggestions">Replacements, best first.</param>
    /// <param name="related">Other places in the document.</param>
    /// <param name="hideActual">Whether the instance itself is not what is wrong.</param>
    public void Report(
        KeywordSite site,
        DiagnosticDescriptor rule,
        SyntaxNode instance,
        string message,
        TextSpan? span = null,
        string? expected = null,
        ImmutableArray<string> suggestions = default,
        RelatedInformation? related = null,
        bool hideActual = false)
    {
        if (_collector.HasMore)
        {
            return;
        }

        var annotations = site.Owner.Annotations;
        var own = rule.Tags == DiagnosticTags.Deprecated || site.Owner.Origin.Node.IsNone
            ? null
            : (rule == DiagnosticCatalog.PatternMismatch ? annotations.PatternErrorMessage : null) ?? annotations.ErrorMessage;
        var places = new List<RelatedInformation>(2);
        if (related is not null)
        {
            places.Add(related);
        }

        var place = site.Value.IsNone ? site.Owner.Origin.Node : site.Value;
        if (!place.IsNone)
        {
            places.Add(new RelatedInformation(site.Owner.Origin.Uri, PlaceInSchema(site, place), site.Name == "false" ? "The schema forbids this here." : $"The schema sets `{site.Name}` here.") { Text = place.Tree.Text });
        }

        _collector.Add(new Diagnostic(rule, span ?? SpanOf(instance), own ?? _collector.Surround(message, Path.Depth))
        {
            Data = new DiagnosticData
            {
                Path = Path.ToPointer(),
                SchemaUri = site.Owner.Origin.Uri,
                SchemaPointer = place.IsNone ? null : place.GetPointer(),
                Expected = expected,
                Actual = hideActual || IsSecret(instance) || HoldsSecret(instance) || ((rule == DiagnosticCatalog.TypeMismatch || rule == DiagnosticCatalog.NoVariantMatches) && site.Owner.MayHoldSecret) ? null : ValueText.Json(instance),
                Suggestions = suggestions.IsDefault ? [] : suggestions,
            },
            Related = [.. places],
        });
    }

    /// <summary>Reports that there must be nothing at all, on the key if it has one.</summary>
    public void ReportForbidden(KeywordSite site, SyntaxNode instance) => Report(
        site,
        DiagnosticCatalog.ForbiddenValue,
        instance,
        Path.Depth == 0 ? "No value is allowed in this document." : $"{Name} is not allowed here. Remove it.",
        Path.Depth == 0 || !Path.Property.IsNone ? OpeningOf(instance) : null,
        hideActual: true);

    /// <summary>The end of a demand that says what the instance is instead: its value, unless that is secret or was said before as the key's name.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="owner">A schema that may mark values within the instance as secret; with another type the value may stand for these.</param>
    public string ButIs(SyntaxNode instance, SchemaNode? owner = null)
    {
        if (instance.Kind == SyntaxKind.Property)
        {
            return string.Empty;
        }

        return IsSecret(instance) || owner is { MayHoldSecret: true } ? " (its value is secret)" : $", but is {Show(instance)}";
    }

    /// <summary>The value as messages show it, nothing secret in it.</summary>
    public string Show(SyntaxNode instance) => IsSecret(instance) ? "a secret value" : HoldsSecret(instance) ? ValueText.TypeOf(instance) : ValueText.Show(instance);

    /// <summary>An example that the schema gives and that fits it, else the given one, to follow a demand.</summary>
    public string ForInstance(SchemaNode owner, string? otherwise = null)
    {
        var examples = owner.Annotations.Examples;
        SyntaxNode[] candidates = [.. examples.IsNone ? [] : examples.Children.ToArray().Take(4), owner.Annotations.Default];
        foreach (var candidate in candidates)
        {
            if (candidate.Kind == SyntaxKind.String && !owner.IsSecret && Evaluation.IsValid(owner, candidate))
            {
                return $", for instance {ValueText.Show(candidate)}";
            }
        }

        return otherwise is null ? string.Empty : $", for instance \"{otherwise}\"";
    }

    /// <summary>Whether the value may not be shown.</summary>
    public bool IsSecret(SyntaxNode instance) => schema.Root.MayHoldSecret && _secrets.Value.Contains(instance);

    private bool HoldsSecret(SyntaxNode instance) => schema.Root.MayHoldSecret && _secrets.Value.HasWithin(instance);

    /// <summary>The place to underline where an object or array as a whole lacks something: its key, else its opening bracket.</summary>
    public TextSpan OpeningOf(SyntaxNode instance) =>
        Path.Property is { IsNone: false } property && property.Value == instance && !property.NameSpan.IsEmpty
            ? property.NameSpan
            : new TextSpan(instance.Span.Start, Math.Min(1, instance.Span.Length));

    /// <summary>Explains a branch apart from the rest, to see what it lacks.</summary>
    public IReadOnlyList<Diagnostic> Try(SchemaNode branch, SyntaxNode instance, int limit)
    {
        var (saved, wasTrying) = (_collector, IsTrying);
        _collector = new Collector(limit);
        IsTrying = true;
        Explain(branch, instance);
        var found = FindingSelection.Decisive(_collector.Found);
        (_collector, IsTrying) = (saved, wasTrying);
        return found;
    }

    /// <summary>Explains a branch that is meant; <paramref name="lead"/> begins what is said of the instance and its members.</summary>
    public void ExplainBranch(SchemaNode branch, SyntaxNode instance, string lead)
    {
        var outer = _collector.Lead;
        if (lead.Length > 0)
        {
            _collector.Lead = (lead, Path.Depth);
        }

        Explain(branch, instance);
        _collector.Lead = outer;
    }

    /// <summary>
    /// Whether there is nothing to report about an instance. With a memory its verdict is asked for, which is mostly there; without one, asking at each
    /// level would evaluate what is deep again and again.
    /// </summary>
    private bool HasNothingToSay(SchemaNode schema, SyntaxNode instance) =>
        !schema.MayWarn && (isValid || (Evaluation.Memory is not null && Evaluation.IsValid(schema, instance)));

    /// <summary>Explains a schema that applies for a reason, which its messages say.</summary>
    public void ExplainBecause(string? reason, SchemaNode schema, SyntaxNode instance)
    {
        if (reason is null)
        {
            Explain(schema, instance);
            return;
        }

        _collector.Reasons.Add(reason);
        Explain(schema, instance);
        _collector.Reasons.RemoveAt(_collector.Reasons.Count - 1);
    }

    private static TextSpan SpanOf(SyntaxNode instance) => instance.Kind == SyntaxKind.Property ? instance.NameSpan : instance.Span;

    /// <summary>The keyword's line rather than the whole of a long value.</summary>
    private static TextSpan PlaceInSchema(KeywordSite site, SyntaxNode place)
    {
        if (!site.Value.IsNone && place.Parent.Kind == SyntaxKind.Property)
        {
            return place.Kind is SyntaxKind.Object or SyntaxKind.Array ? place.Parent.NameSpan : place.Parent.Span;
        }

        return new TextSpan(place.Span.Start, Math.Min(1, place.Span.Length));
    }

    /// <summary>The findings of one walk.</summary>
    private sealed class Collector(int limit)
    {
        /// <summary>Characters of all findings together: a thousand that name a key of a megabyte are too many.</summary>
        private const long MaxSize = 8_000_000;

        private readonly HashSet<(DiagnosticDescriptor Rule, TextSpan Span, string Message)> _seen = [];
        private long _size;

        public List<Diagnostic> Found { get; } = [];

        public HashSet<(int Schema, int Instance, int Scope)> Explained { get; } = [];

        public bool HasMore { get; private set; }

        /// <summary>What the messages begin with that are about an instance of this depth, or a member of it.</summary>
        public (string Text, int Depth) Lead { get; set; } = (string.Empty, 0);

        /// <summary>Why the schema applies, outer reasons first.</summary>
        public List<string> Reasons { get; } = [];

        public string Surround(string message, int depth)
        {
            var because = Reasons.Count == 0 ? string.Empty : $" This applies because {ValueText.Join(Reasons, "and")}.";
            return (depth <= Lead.Depth + 1 ? Lead.Text : string.Empty) + message + because;
        }

        public void Add(Diagnostic diagnostic)
        {
            if (!_seen.Add((diagnostic.Descriptor, diagnostic.Span, diagnostic.Message)))
            {
                return;
            }

            _size += SizeOf(diagnostic);
            if (Found.Count >= limit || (_size > MaxSize && Found.Count > 0))
            {
                HasMore = true;
                return;
            }

            Found.Add(diagnostic);
        }

        private static long SizeOf(Diagnostic diagnostic)
        {
            var data = diagnostic.Data!;
            var size = (long)diagnostic.Message.Length + (data.Path?.Length ?? 0) + (data.SchemaPointer?.Length ?? 0) + (data.Expected?.Length ?? 0) + (data.Actual?.Length ?? 0);
            foreach (var suggestion in data.Suggestions)
            {
                size += suggestion.Length;
            }

            return size;
        }
    }
}
