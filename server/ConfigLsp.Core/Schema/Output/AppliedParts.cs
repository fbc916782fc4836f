using System.Globalization;
using System.Text.Json;
using ConfigLsp.Core.Schema.Dialects;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Output;

/// <summary>
/// The properties or items that the keywords of one schema were applied to: what <c>properties</c>, <c>items</c> and their like annotate from
/// 2019-09 on (2020-12 Core, sections 10.3 and 11).
/// </summary>
internal sealed class AppliedParts(SyntaxNode instance, DraftVersion draft)
{
    private readonly Dictionary<string, List<SyntaxNode>> _parts = new(StringComparer.Ordinal);

    public void Add(string keyword, SyntaxNode part)
    {
        if (part == instance || draft < DraftVersion.Draft201909 || (keyword == "contains" && draft < DraftVersion.Draft202012))
        {
            return;
        }

        if (!_parts.TryGetValue(keyword, out var list))
        {
            _parts[keyword] = list = [];
        }

        list.Add(part);
    }

    /// <summary>The keywords with what they annotate, as JSON.</summary>
    public IEnumerable<(string Keyword, string Annotation)> ToAnnotations()
    {
        foreach (var (keyword, parts) in _parts)
        {
            yield return (keyword, instance.Kind == SyntaxKind.Object ? Names(parts) : Items(keyword, parts));
        }
    }

    private static string Names(List<SyntaxNode> parts) =>
        $"[{string.Join(',', parts.Select(static p => p.Parent.GetString()).Distinct(StringComparer.Ordinal).Select(static n => $"\"{JsonEncodedText.Encode(n)}\""))}]";

    private string Items(string keyword, List<SyntaxNode> parts)
    {
        if (parts.Count == instance.ChildCount || keyword is "items" or "additionalItems" or "unevaluatedItems")
        {
            return draft < DraftVersion.Draft202012 && keyword == "items" && parts.Count < instance.ChildCount ? Ordinal(parts.Count - 1) : "true";
        }

        if (keyword == "prefixItems")
        {
            return Ordinal(parts.Count - 1);
        }

        var fitting = parts.ToHashSet();
        var ordinals = new List<string>();
        var ordinal = 0;
        foreach (var item in instance.Children)
        {
            if (fitting.Contains(item))
            {
                ordinals.Add(Ordinal(ordinal));
            }

            ordinal++;
        }

        return $"[{string.Join(',', ordinals)}]";
    }

    private static string Ordinal(int ordinal) => ordinal.ToString(CultureInfo.InvariantCulture);
}
