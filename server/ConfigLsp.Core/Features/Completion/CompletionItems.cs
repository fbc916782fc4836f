using System.Globalization;
using System.Text;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>The items found so far, each label once, with the edits that the place demands.</summary>
internal sealed class CompletionItems(SourceText text, CompletionPlace place, int offset)
{
    /// <summary>A longer list helps nobody; the client asks again while the person types.</summary>
    public const int MaxItems = 1000;

    private const int MaxCandidates = 20_000;

    private readonly Dictionary<string, CompletionItem> _items = new(StringComparer.Ordinal);
    private readonly string _typed = text.ToString(TextSpan.FromBounds(place.ReplaceSpan.Start, Math.Clamp(offset, place.ReplaceSpan.Start, place.ReplaceSpan.End)));
    private bool _isCut;

    public int Count => _items.Count;

    /// <summary>Bytes of the text to replace that stand before the caret.</summary>
    public int TypedLength { get; } = Math.Clamp(offset, place.ReplaceSpan.Start, place.ReplaceSpan.End) - place.ReplaceSpan.Start;

    public bool IsFull => _items.Count >= MaxCandidates;

    /// <summary>Labels that are not to be offered, such as items that a set holds already.</summary>
    public HashSet<string> Excluded { get; } = new(StringComparer.Ordinal);

    /// <summary>An item with the edits of this place.</summary>
    /// <param name="label">What the list shows.</param>
    /// <param name="newText">The text, without the commas that may have to stand around it.</param>
    /// <param name="snippet">The same with tab stops, or null.</param>
    /// <param name="kind">The kind.</param>
    public CompletionItem Create(string label, string newText, string? snippet, CompletionItemKind kind) => new()
    {
        Label = label,
        Kind = kind,
        ReplaceSpan = place.ReplaceSpan,
        InsertSpan = InsertSpan(),
        NewText = place.Prefix + newText + place.Suffix,
        Snippet = snippet is null ? null : place.Prefix + snippet + place.Suffix,
        FilterText = FilterText(label),
        SortText = "5" + Count.ToString("D5", CultureInfo.InvariantCulture),
        AdditionalChanges = place.AdditionalChanges,
    };

    /// <summary>
    /// What the client compares with the typed text. A quote is part of it where one was typed, or may be typed next; a client that compares
    /// beginnings must not stumble over one where a bare word stands.
    /// </summary>
    public string FilterText(string json)
    {
        var isQuoted = json.StartsWith('"') && json.Length > 1;
        return _typed switch
        {
            { Length: > 0 } when _typed[0] == '\'' && isQuoted => $"'{json[1..^1]}'",
            { Length: > 0 } when _typed[0] != '"' && isQuoted => json[1..^1],
            { Length: > 0 } when _typed[0] == '"' && !isQuoted => '"' + json,
            _ => json,
        };
    }

    public void Add(CompletionItem item)
    {
        if (IsFull)
        {
            _isCut = true;
        }
        else if (!Excluded.Contains(item.Label))
        {
            _items.TryAdd(item.Label, item);
        }
    }

    /// <summary>Adds a value that stands somewhere as JSON.</summary>
    public void AddValue(SyntaxNode value, CompletionItemKind kind, Func<string?>? describe, string? detail, string? sortText = null)
    {
        var json = Encoding.UTF8.GetString(value.RawText);
        var snippet = value.Kind switch
        {
            SyntaxKind.Object when value.ChildCount == 0 => "{$1}",
            SyntaxKind.Array when value.ChildCount == 0 => "[$1]",
            _ => null,
        };
        var item = Create(SchemaDocumentation.Shorten(value), json, snippet, kind);
        Add(item with { Describe = describe, Detail = detail, SortText = sortText is null ? item.SortText : "4" + sortText + item.SortText });
    }

    public void AddSnippet(DefaultSnippet snippet) => Add(Create(snippet.Label, snippet.Text, snippet.Snippet, CompletionItemKind.Snippet) with
    {
        Describe = () => snippet.Documentation,
    });

    public void AddLiteral(string json, string snippet, CompletionItemKind kind) => Add(Create(json, json, snippet == json ? null : snippet, kind));

    /// <summary>Says that there are more than could be looked at.</summary>
    public void Cut() => _isCut = true;

    /// <summary>The items in order; where there are too many, those that the typed text can mean.</summary>
    public CompletionList ToList()
    {
        IEnumerable<CompletionItem> chosen = _items.Values;
        if (_items.Count > MaxItems)
        {
            _isCut = true;
            chosen = chosen.Where(item => IsSubsequence(_typed, item.FilterText));
        }

        return new([.. chosen.OrderBy(static item => item.SortText, StringComparer.Ordinal).Take(MaxItems)], _isCut);
    }

    /// <summary>A word without quotes may stand before another one, which an editor that inserts should keep; half a string must not stay behind.</summary>
    private TextSpan InsertSpan() => _typed.Length > 0 && _typed[0] is not ('"' or '\'')
        ? TextSpan.FromBounds(place.ReplaceSpan.Start, Math.Clamp(offset, place.ReplaceSpan.Start, place.ReplaceSpan.End))
        : place.ReplaceSpan;

    private static bool IsSubsequence(string typed, string text)
    {
        var at = 0;
        foreach (var c in text)
        {
            if (at < typed.Length && char.ToUpperInvariant(c) == char.ToUpperInvariant(typed[at]))
            {
                at++;
            }
        }

        return at == typed.Length;
    }
}
