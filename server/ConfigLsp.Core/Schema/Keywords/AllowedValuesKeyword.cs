using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>enum</c> and <c>const</c> (2020-12 Validation, sections 6.1.2 and 6.1.3): the instance equals one of the values.</summary>
internal sealed class AllowedValuesKeyword : Keyword
{
    private const int HashedFrom = 8;
    private const int ListedUpTo = 10;

    /// <summary>Longer values are not mistyped ones. Bytes.</summary>
    private const int MaxSuggestedLength = 1024;

    private readonly HashSet<SyntaxNode>? _hashed;

    /// <summary>The values as one object, by which what is made of them is remembered.</summary>
    private readonly IReadOnlyList<SyntaxNode> _list;

    private AllowedValuesKeyword(KeywordSite site, ImmutableArray<SyntaxNode> values)
        : base(site, InstanceTypes.All)
    {
        Values = values;
        _list = values;
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
            Report(explanation, Site, _list, instance);
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
        var hint = suggestions.IsEmpty || values.Count == 1 ? string.Empty : $" Did you mean {ValueText.Join([.. suggestions.Select(s => instance.Kind == SyntaxKind.Property ? ValueText.Key(s) : s)], "or")}?";
        var expected = values.Count switch
        {
            0 => $"{explanation.Name} can have no value at all",
            1 => $"{explanation.Name} must be {shown[0]}",
            > ListedUpTo when hint.Length > 0 => $"{explanation.Name} must be one of {shown.Count} values",
            _ => $"{explanation.Name} must be one of {ValueText.JoinSome(shown, "or")}",
        };
        explanation.Report(
            site,
            site.Name == "const" ? DiagnosticCatalog.NotConst : DiagnosticCatalog.NotInEnum,
            instance,
            shown.Count == 0 ? $"{expected}. Remove it." : $"{expected}{explanation.ButIs(instance)}.{hint}",
            instance.Kind is SyntaxKind.Object or SyntaxKind.Array ? explanation.OpeningOf(instance) : null,
            expected: ValueText.JoinSome(shown, "or"),
            suggestions: suggestions);
    }

    /// <summary>The values that the instance likely means, best first, as JSON; for a key as it is.</summary>
    public static ImmutableArray<string> Suggest(Explanation explanation, IReadOnlyList<SyntaxNode> values, SyntaxNode instance)
    {
        if (values.Count == 1 && values[0].Kind != SyntaxKind.Object && values[0].Kind != SyntaxKind.Array)
        {
            return [Replacement(values[0], instance)];
        }

        if (explanation.IsSecret(instance) || instance.Kind is SyntaxKind.Object or SyntaxKind.Array
            || instance.Span.Length > MaxSuggestedLength || !explanation.Evaluation.TrySpend(NameSuggestions.CostOf(values.Count)))
        {
            return [];
        }

        return [.. explanation.SuggestionsOf(values).Find(instance).Select(v => Replacement(v, instance))];
    }

    private static string Replacement(SyntaxNode value, SyntaxNode instance) =>
        instance.Kind == SyntaxKind.Property && value.Kind == SyntaxKind.String ? value.GetString() : Encoding.UTF8.GetString(value.RawText);

    /// <summary>Containers are compared value by value, with each of a short list, and keys with every listed string.</summary>
    private long CostOf(SyntaxNode instance) => instance.Kind switch
    {
        SyntaxKind.Object or SyntaxKind.Array => (instance.EndIndex - instance.Index + (instance.Span.Length >> 6)) * (_hashed is null ? 1 + Values.Length : 2),
        SyntaxKind.Property => (Values.Length >> 2) + (instance.NameSpan.Length >> 6),
        _ => instance.Span.Length >> 6,
    };

    private bool AllowsName(SyntaxNode property)
    {
        using var name = new BorrowedUtf8(property);
        foreach (var value in Values)
        {
            if (value.Kind == SyntaxKind.String && value.ContentEquals(name.Span))
            {
                return true;
            }
        }

        return false;
    }
}
