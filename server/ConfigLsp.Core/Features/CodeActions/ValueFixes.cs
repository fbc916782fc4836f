using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>Values that do not fit, and items that are too many.</summary>
internal static class ValueFixes
{
    private const int MaxListed = 10;

    /// <summary>The same value in the type that is asked for.</summary>
    public static void Type(FixContext fix)
    {
        if (fix.Value is { IsNone: false } value)
        {
            foreach (var suggestion in Suggestions(fix))
            {
                var isWrapped = suggestion.StartsWith('[') && value.Kind != SyntaxKind.Array;
                var title = isWrapped ? "Wrap it in an array" : value.Kind == SyntaxKind.Array ? "Take it out of the array" : Title(fix, suggestion);
                fix.Replace(title, value.Span, suggestion, preferred: Suggestions(fix).Length == 1, safe: !isWrapped && SaysTheSame(value, suggestion));
            }
        }
    }

    /// <summary>One of the values that are allowed.</summary>
    public static void Allowed(FixContext fix)
    {
        if (fix.Node is { IsNone: false, Kind: SyntaxKind.Property } && fix.Value.Kind is not (SyntaxKind.Object or SyntaxKind.Array))
        {
            return;
        }

        if (fix.Value is not { IsNone: false } value)
        {
            return;
        }

        var suggestions = Suggestions(fix);
        foreach (var suggestion in suggestions)
        {
            fix.Replace(Title(fix, suggestion), value.Span, suggestion, preferred: suggestions.Length == 1, safe: suggestions.Length == 1 && DiffersInCase(value, suggestion));
        }

        if (suggestions.IsEmpty && !fix.SafeOnly && fix.Owner(value) is { } owner && owner.Annotations.Enum is { IsNone: false, ChildCount: <= MaxListed } listed)
        {
            foreach (var allowed in listed.Children)
            {
                fix.Replace(Title(fix, FixContext.Raw(allowed)), value.Span, FixContext.Raw(allowed));
            }
        }
    }

    /// <summary>The limit, in place of a number beyond it.</summary>
    public static void Range(FixContext fix)
    {
        if (fix.SafeOnly || fix.Value is not { IsNone: false, Kind: SyntaxKind.Number } value)
        {
            return;
        }

        foreach (var limit in Suggestions(fix) is { IsEmpty: false } given ? given : InsideLimit(fix, value))
        {
            fix.Replace(Title(fix, limit), value.Span, limit);
        }
    }

    /// <summary>What the finding proposes, none of which is sure.</summary>
    public static void Proposed(FixContext fix)
    {
        if (!fix.SafeOnly && fix.Value is { IsNone: false } value)
        {
            var suggestions = Suggestions(fix);
            foreach (var suggestion in suggestions)
            {
                fix.Replace(Title(fix, suggestion), value.Span, suggestion, preferred: suggestions.Length == 1);
            }
        }
    }

    public static void RepeatedItem(FixContext fix)
    {
        if (fix.Node is { IsNone: false } item)
        {
            fix.Add("Remove the repeated item", new ActionEdit.ItemRemoval([item]), preferred: true, safe: true);
        }
    }

    public static void UnexpectedItem(FixContext fix)
    {
        if (fix.Node is not { IsNone: false } item || item.Parent.Kind != SyntaxKind.Array)
        {
            return;
        }

        var rest = ImmutableArray.CreateBuilder<SyntaxNode>();
        foreach (var sibling in item.Parent.Children)
        {
            if (sibling.Index >= item.Index)
            {
                rest.Add(sibling);
            }
        }

        if (rest.Count > 1)
        {
            fix.Add($"Remove this item and the {rest.Count - 1} behind it", new ActionEdit.ItemRemoval(rest.DrainToImmutable()));
        }
        else
        {
            fix.Add("Remove the item", new ActionEdit.ItemRemoval([item]), preferred: true);
        }
    }

    private static ImmutableArray<string> Suggestions(FixContext fix) => fix.Data?.Suggestions ?? [];

    /// <summary>Says the old value too where the finding does; it leaves out secrets.</summary>
    private static string Title(FixContext fix, string now) => fix.Data?.Actual is { Length: > 0 and <= 30 } old && !old.AsSpan().ContainsAny('\n', '\r')
        ? $"Change {FixContext.Show(old)} to {FixContext.Show(now)}"
        : $"Change to {FixContext.Show(now)}";

    private static bool SaysTheSame(SyntaxNode value, string suggestion) => value.Kind == SyntaxKind.String
        ? value.GetString() == suggestion
        : suggestion == $"\"{FixContext.Raw(value)}\"";

    private static bool DiffersInCase(SyntaxNode value, string suggestion) =>
        value.Kind == SyntaxKind.String && FixContext.Raw(value).Equals(suggestion, StringComparison.OrdinalIgnoreCase);

    /// <summary>The nearest whole number inside of an exclusive limit, where only whole numbers are allowed.</summary>
    private static ImmutableArray<string> InsideLimit(FixContext fix, SyntaxNode value)
    {
        var step = fix.Keyword switch { "exclusiveMaximum" => -1, "exclusiveMinimum" => 1, _ => 0 };
        if (step == 0
            || fix.Owner(value) is not { } owner
            || !fix.SchemasOf(value).Any(static s => (s.Schema.Types & (InstanceTypes.Integer | InstanceTypes.Number)) == InstanceTypes.Integer)
            || owner.Annotations.Keyword(Encoding.UTF8.GetBytes(fix.Keyword)) is not { IsNone: false, Kind: SyntaxKind.Number } limit
            || !NumberText.TryGetInt64(limit.RawText, out var exclusive)
            || exclusive is long.MaxValue or long.MinValue)
        {
            return [];
        }

        return [(exclusive + step).ToString(CultureInfo.InvariantCulture)];
    }
}
