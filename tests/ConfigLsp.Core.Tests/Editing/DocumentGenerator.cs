namespace ConfigLsp.Core.Tests.Editing;

/// <summary>Random documents: nested, with comments of every kind, duplicated keys, all styles, and broken items where asked for.</summary>
internal sealed class DocumentGenerator(Random random, bool isBroken)
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e/f", "", "é"];
    private static readonly string[] Scalars = ["1", "1.0", "-0.5e+3", "9007199254740993", "true", "false", "null", "\"x\"", "\"a, // no comment\"", "\"\\u0041\\n\\\"\"", "\"😀 {\""];
    private int _comments;

    public DocumentModel Document() => Document(isEmpty: Chance(20));

    public string Scalar() => Pick(Scalars);

    public string Name() => Pick(Names);

    private DocumentModel Document(bool isEmpty) => new()
    {
        EndOfLine = Pick("\n", "\n", "\r\n", "\r\n", "\r"),
        Unit = Pick("  ", "    ", "\t", " "),
        HasByteOrderMark = Chance(4),
        Head = Comments(3, isLineAllowed: true),
        Foot = isEmpty ? [] : Comments(4, isLineAllowed: true),
        EndsWithBreak = !Chance(3),
        Root = isEmpty ? null : Value(Chance(6) ? "[" : "{", 4, isOnOneLine: Chance(5)),
    };

    private ModelValue Value(string lexeme, int depth, bool isOnOneLine)
    {
        var count = Chance(6) ? 0 : random.Next(1, 5);
        var value = new ModelValue
        {
            Lexeme = lexeme,
            IsOnOneLine = isOnOneLine,
            HasTrailingComma = count > 0 && Chance(5),
            Header = Comments(6, !isOnOneLine),
        };
        for (var i = 0; i < count; i++)
        {
            value.Items.Add(Item(value, depth, isLast: i == count - 1));
        }

        if (!isOnOneLine)
        {
            value.Dangling = Comments(5, isLineAllowed: true);
        }

        // A comment to the end of the line, and what stands open to it, would swallow an item on the same line.
        for (var i = 1; i < count; i++)
        {
            var previous = value.Items[i - 1];
            if (value.Items[i].SharesLine)
            {
                previous.Behind.RemoveAll(static comment => comment.StartsWith("//", StringComparison.Ordinal));
            }
        }

        return value;
    }

    private ModelItem Item(ModelValue container, int depth, bool isLast)
    {
        var shares = container.IsOnOneLine || (container.Items.Count > 0 && container.Items[^1].Break == Break.None && Chance(6));
        var broken = isBroken && Chance(5) ? (Break)random.Next(1, 8) : Break.None;
        var allowed = broken switch
        {
            Break.BareName or Break.MissingColon => container.IsObject,
            Break.UnclosedString => !container.IsOnOneLine && !isLast,
            Break.MissingValue => container.IsObject || (!isLast && container.Items is [] or [.., { Break: Break.None }]),
            Break.MissingComma => !isLast && !container.IsOnOneLine,
            _ => true,
        };
        broken = allowed ? broken : Break.None;
        var name = Name();
        var isBare = broken == Break.BareName && name.Length > 0 && char.IsAsciiLetter(name[0]) && !name.Contains('/', StringComparison.Ordinal);
        broken = broken == Break.BareName && !isBare ? Break.None : broken;
        return new ModelItem
        {
            Name = container.IsObject ? name : null,
            NameLexeme = !container.IsObject ? null : isBare ? name : name == "a" && Chance(5) ? "\"\\u0061\"" : $"\"{name}\"",
            ColonComment = container.IsObject && Chance(15) && broken == Break.None ? Comment(isLineAllowed: false) : null,
            Value = broken switch
            {
                Break.WrongWord => new ModelValue { Lexeme = Pick("tru", "01", "'x'", "NaN", "\"\\q\"") },
                Break.UnclosedString => new ModelValue { Lexeme = "\"open" },
                Break.MissingColon => new ModelValue { Lexeme = "5" },
                _ when depth > 0 && Chance(2) => Value(Pick("{", "{", "["), depth - 1, container.IsOnOneLine || Chance(3)),
                _ => new ModelValue { Lexeme = Scalar() },
            },
            Loose = shares || broken == Break.MissingValue ? [] : Comments(8, isLineAllowed: true),
            Above = shares || broken == Break.MissingValue ? [] : Comments(4, isLineAllowed: true),
            Behind = broken is Break.UnclosedString or Break.MissingValue ? [] : Comments(4, isLineAllowed: !container.IsOnOneLine),
            SharesLine = shares && container.Items.Count > 0,
            HasEmptyLineAbove = !shares && Chance(6),
            Break = broken,
        };
    }

    private List<string> Comments(int rarity, bool isLineAllowed)
    {
        var comments = new List<string>();
        while (Chance(rarity) && comments.Count < 3 && !comments.Exists(static comment => comment.StartsWith("//", StringComparison.Ordinal)))
        {
            comments.Add(Comment(isLineAllowed));
        }

        return comments;
    }

    private string Comment(bool isLineAllowed)
    {
        _comments++;
        return isLineAllowed && Chance(2) ? $"// c{_comments}, \"a\": {{" : $"/* c{_comments} }} */";
    }

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private string Pick(params string[] options) => options[random.Next(options.Length)];
}
