using System.Globalization;
using System.Text.Json;

namespace ConfigLsp.Core.Tests.Editing;

/// <summary>What is wrong with an item. The first group hurts only the item itself, the second also what stands beside it.</summary>
internal enum Break
{
    None,
    WrongWord,
    BareName,
    MissingColon,
    MissingValue,
    MissingComma,
    Stray,
    UnclosedString,
}

/// <summary>A value of a document to be edited: an object, an array, or a scalar with its lexeme.</summary>
internal sealed class ModelValue
{
    /// <summary><c>{</c>, <c>[</c>, or the lexeme.</summary>
    public required string Lexeme { get; set; }

    public List<ModelItem> Items { get; init; } = [];

    /// <summary>Comments on the line of the opening bracket.</summary>
    public List<string> Header { get; init; } = [];

    /// <summary>Comments on lines of their own below the last item.</summary>
    public List<string> Dangling { get; set; } = [];

    public bool IsOnOneLine { get; init; }

    public bool HasTrailingComma { get; init; }

    /// <summary>Where the value stands in the written text; 0 for one that came later.</summary>
    public int Start { get; set; }

    public int End { get; set; }

    /// <summary>What the lines of the items start with, once the document is written.</summary>
    public string? ItemIndent { get; set; }

    public bool IsObject => Lexeme == "{";

    public bool IsContainer => Lexeme is "{" or "[";

    private bool IsSoundString => Lexeme.Length > 1 && Lexeme[0] == '"' && Lexeme[^1] == '"' && !Lexeme.Contains("\\q", StringComparison.Ordinal);

    public static ModelValue From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new ModelValue
        {
            Lexeme = "{",
            Items = [.. element.EnumerateObject().Select(static property => new ModelItem { Name = property.Name, NameLexeme = $"\"{property.Name}\"", Value = From(property.Value) })],
        },
        JsonValueKind.Array => new ModelValue { Lexeme = "[", Items = [.. element.EnumerateArray().Select(static item => new ModelItem { Value = From(item) })] },
        _ => new ModelValue { Lexeme = element.GetRawText() },
    };

    /// <summary>Whether the two are one value: objects without regard to order, the last of duplicated names, numbers and strings by what they mean.</summary>
    public bool MeansTheSameAs(ModelValue other)
    {
        if (IsContainer || other.IsContainer)
        {
            return Lexeme == other.Lexeme && (IsObject ? HasSameProperties(other)
                : Items.Count == other.Items.Count && Items.Zip(other.Items).All(static pair => pair.First.Value.MeansTheSameAs(pair.Second.Value)));
        }

        if (!IsSoundString || !other.IsSoundString)
        {
            return Lexeme == other.Lexeme
                || (decimal.TryParse(Lexeme, NumberStyles.Float, CultureInfo.InvariantCulture, out var left)
                    && decimal.TryParse(other.Lexeme, NumberStyles.Float, CultureInfo.InvariantCulture, out var right)
                    && left == right);
        }

        using var text = JsonDocument.Parse(Lexeme);
        using var otherText = JsonDocument.Parse(other.Lexeme);
        return text.RootElement.GetString() == otherText.RootElement.GetString();
    }

    private bool HasSameProperties(ModelValue other)
    {
        var names = Items.Select(static item => item.Name).ToHashSet();
        return names.SetEquals(other.Items.Select(static item => item.Name))
            && names.All(name => Items.Last(item => item.Name == name).Value.MeansTheSameAs(other.Items.Last(item => item.Name == name).Value));
    }
}

/// <summary>A property or element with the comments that belong to it.</summary>
internal sealed class ModelItem
{
    /// <summary>The name, of a property.</summary>
    public string? Name { get; init; }

    public string? NameLexeme { get; init; }

    public string? ColonComment { get; init; }

    public required ModelValue Value { get; set; }

    /// <summary>Comments above, with an empty line between: they belong to nobody.</summary>
    public List<string> Loose { get; set; } = [];

    /// <summary>Comments right above.</summary>
    public List<string> Above { get; init; } = [];

    /// <summary>Comments behind, on the same line.</summary>
    public List<string> Behind { get; init; } = [];

    /// <summary>Whether the item stands on the line of the one before it.</summary>
    public bool SharesLine { get; init; }

    public bool HasEmptyLineAbove { get; init; }

    public Break Break { get; init; }

    /// <summary>Where the item stands in the written text, without its comments.</summary>
    public int Start { get; set; }

    public int End { get; set; }

    public bool HurtsNeighbours => Break >= Break.MissingValue;
}

/// <summary>A whole document.</summary>
internal sealed class DocumentModel
{
    public required ModelValue? Root { get; set; }

    public required string EndOfLine { get; init; }

    public required string Unit { get; init; }

    public bool HasByteOrderMark { get; init; }

    public List<string> Head { get; init; } = [];

    public List<string> Foot { get; init; } = [];

    public bool EndsWithBreak { get; init; }

    /// <summary>The tokens and comments in order. What a comment must keep to its neighbours is said by <see cref="Place"/>.</summary>
    public List<(string Text, Place Place)> Tokens()
    {
        var tokens = new List<(string, Place)>();
        tokens.AddRange(Head.Select(static comment => (comment, Place.Free)));
        if (Root is not null)
        {
            Add(Root, tokens);
        }

        tokens.AddRange(Foot.Select(static comment => (comment, Place.Free)));
        return tokens;
    }

    private static void Add(ModelValue value, List<(string Text, Place Place)> tokens)
    {
        if (!value.IsContainer)
        {
            tokens.AddRange(TokenReader.Read(value.Lexeme).Select(static token => (token.Text, Place.Free)));
            return;
        }

        tokens.Add((value.Lexeme, Place.Free));
        tokens.AddRange(value.Header.Select(static comment => (comment, Place.SameLine)));
        foreach (var item in value.Items)
        {
            tokens.AddRange(item.Loose.Select((comment, i) => (comment, i == item.Loose.Count - 1 ? Place.EmptyLineBelow : Place.Free)));
            tokens.AddRange(item.Above.Select(static comment => (comment, Place.RightAbove)));
            if (item.NameLexeme is not null)
            {
                tokens.Add((item.NameLexeme, Place.Free));
                if (item.Break != Break.MissingColon)
                {
                    tokens.Add((":", Place.Free));
                }

                if (item.ColonComment is not null)
                {
                    tokens.Add((item.ColonComment, Place.Free));
                }
            }

            if (item.Break != Break.MissingValue)
            {
                Add(item.Value, tokens);
            }

            if (item.Break == Break.Stray)
            {
                tokens.Add(("@", Place.Free));
            }

            tokens.AddRange(item.Behind.Select(static comment => (comment, Place.SameLine)));
        }

        tokens.AddRange(value.Dangling.Select(static comment => (comment, Place.OwnLine)));
        tokens.Add((value.IsObject ? "}" : "]", Place.Free));
    }
}

/// <summary>How a comment must stand so that it stays with its owner.</summary>
internal enum Place
{
    Free,
    SameLine,
    OwnLine,
    RightAbove,
    EmptyLineBelow,
}
