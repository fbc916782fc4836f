using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>enum</c> and <c>const</c> (2020-12 Validation, sections 6.1.2 and 6.1.3): the instance equals one of the values.</summary>
internal sealed class AllowedValuesKeyword : Keyword
{
    private const int HashedFrom = 8;

    /// <summary>Longer values are not mistyped ones. Bytes.</summary>
    private const int MaxSuggestedLength = 1024;

    private readonly HashSet<SyntaxNode>? _hashed;

    private AllowedValuesKeyword(KeywordSite site, ImmutableArray<SyntaxNode> values)
        : base(site, InstanceTypes.All)
    {
        Values = values;
        _hashed = values.Length >= HashedFrom ? new HashSet<SyntaxNode>(values, SyntaxEquality.Instance) : null;
    }

    /// <summary>The allowed values, in the schema's order.</summary>
    public ImmutableArray<SyntaxNode> Values { get; }

    /// <inheritdoc />
    public override int Cost => 1;

    public static void Compile(SchemaBuilder builder)
    {
        if (builder.TryGet("enum", out var list))
        {
            if (list.Kind == SyntaxKind.Array)
            {
                builder.Add(new AllowedValuesKeyword(builder.Site("enum", list), [.. list.Children.ToArray()]));
            }
            else
            {
                builder.Malformed("enum", list, "an array of values");
            }
        }

        if (builder.TryGet("const", out var only))
        {
            builder.Add(new AllowedValuesKeyword(builder.Site("const", only), [only]));
        }
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if (!evaluation.TrySpend(CostOf(instance)))
        {
            return true;
        }

        if (instance.Kind == SyntaxKind.Property)
        {
            return AllowsName(instance);
        }

        if (_hashed is not null)
        {
            return _hashed.Contains(instance);
        }

        foreach (var value in Values)
        {
            if (SyntaxEquality.Instance.Equals(value, instance))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        if (!IsValid(explanation.Evaluation, instance))
        {
            Report(explanation, Site, Values, instance);
        }
    }

    /// <summary>Reports that the instance is none of the values, which may come from several schemas.</summary>
    public static void Report(Explanation explanation, KeywordSite site, IReadOnlyList<SyntaxNode> values, SyntaxNode instance)
    {
        if (explanation.HasMore)
        {
            return;
        }

        var shown = new ShownValues(values);
        var suggestions = Suggest(explanation, values, instance);
        var hint = suggestions.IsEmpty || values.Count == 1 ? string.Empty : $" Did you mean {ValueText.Join(suggestions, "or")}?";
        var expected = values.Count switch
        {
            0 => "No value is allowed here",
            1 => $"{explanation.Name} must be {shown[0]}",
            _ => $"{explanation.Name} must be one of {ValueText.JoinSome(shown, "or")}",
        };
        explanation.Report(
            site,
            site.Name == "const" ? DiagnosticCatalog.NotConst : DiagnosticCatalog.NotInEnum,
            instance,
            $"{expected}, but is {explanation.Actual(instance)}.{hint}",
            instance.Kind is SyntaxKind.Object or SyntaxKind.Array ? explanation.OpeningOf(instance) : null,
            expected: ValueText.JoinSome(shown, "or"),
            suggestions: suggestions);
    }

    private static ImmutableArray<string> Suggest(Explanation explanation, IReadOnlyList<SyntaxNode> values, SyntaxNode instance)
    {
        if (values.Count == 1 && values[0].Kind != SyntaxKind.Object && values[0].Kind != SyntaxKind.Array)
        {
            return [ValueText.Show(values[0])];
        }

        if (explanation.IsSecret(instance) || instance.Kind is SyntaxKind.Object or SyntaxKind.Array
            || instance.Span.Length > MaxSuggestedLength || !explanation.Evaluation.TrySpend(NameSuggestions.CostOf(values.Count)))
        {
            return [];
        }

        // A number or boolean in quotes, or a string without them, is compared by what it says.
        var text = Text(instance);
        var byText = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in values.Take(NameSuggestions.MaxCandidates))
        {
            if (value.Kind is not (SyntaxKind.Object or SyntaxKind.Array))
            {
                byText.TryAdd(Text(value), ValueText.Show(value));
            }
        }

        return [.. NameSuggestions.Rank(text, byText.Keys).Select(s => byText[s])];
    }

    private static string Text(SyntaxNode value) =>
        value.Kind is SyntaxKind.String or SyntaxKind.Property ? value.GetString() : value.Tree.Text.ToString(value.Span);

    /// <summary>The values as messages show them, each made when it is shown: a list of thousands is shown in part.</summary>
    private sealed class ShownValues(IReadOnlyList<SyntaxNode> values) : IReadOnlyList<string>
    {
        public int Count => values.Count;

        public string this[int index] => ValueText.Show(values[index]);

        public IEnumerator<string> GetEnumerator() => values.Select(ValueText.Show).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Containers are compared value by value, with each of a short list, and keys with every listed string.</summary>
    private long CostOf(SyntaxNode instance) => instance.Kind switch
    {
        SyntaxKind.Object or SyntaxKind.Array => (instance.EndIndex - instance.Index + (instance.Span.Length >> 6)) * (_hashed is null ? 1 + Values.Length : 2),
        SyntaxKind.Property => (Values.Length >> 2) + (instance.NameSpan.Length >> 6),
        _ => instance.Span.Length >> 6,
    };

    private bool AllowsName(SyntaxNode property)
    {
        var name = property.GetUtf8();
        foreach (var value in Values)
        {
            if (value.Kind == SyntaxKind.String && value.ContentEquals(name))
            {
                return true;
            }
        }

        return false;
    }
}
