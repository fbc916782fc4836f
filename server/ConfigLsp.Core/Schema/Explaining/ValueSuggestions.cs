using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Listed values by what they say, made once for all the findings about the list.</summary>
internal sealed class ValueSuggestions
{
    private readonly Dictionary<string, SyntaxNode> _byText = new(StringComparer.Ordinal);
    private readonly ImmutableArray<(string Name, string Folded)> _prepared;

    public ValueSuggestions(IReadOnlyList<SyntaxNode> values)
    {
        foreach (var value in values.Take(NameSuggestions.MaxCandidates))
        {
            if (value.Kind is not (SyntaxKind.Object or SyntaxKind.Array))
            {
                _byText.TryAdd(Text(value), value);
            }
        }

        _prepared = [.. NameSuggestions.Prepare(_byText.Keys)];
    }

    /// <summary>The values that are likely meant, best first. A number or boolean in quotes, or a string without them, is compared by what it says.</summary>
    public ImmutableArray<SyntaxNode> Find(SyntaxNode instance)
    {
        var text = Text(instance);
        return _byText.TryGetValue(text, out var same) ? [same] : [.. NameSuggestions.Rank(text, _prepared).Select(s => _byText[s])];
    }

    private static string Text(SyntaxNode value) =>
        value.Kind is SyntaxKind.String or SyntaxKind.Property ? value.GetString() : Encoding.UTF8.GetString(value.RawText);
}
