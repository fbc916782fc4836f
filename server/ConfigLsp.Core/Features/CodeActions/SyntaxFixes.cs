using System.Text;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>What is missing or too much between values.</summary>
internal static class SyntaxFixes
{
    public static void RemoveToken(FixContext fix) => fix.Replace("Remove what is not expected here", fix.Span, string.Empty);

    public static void MissingComma(FixContext fix) => fix.Insert("Insert `,`", fix.Span.Start, ",", preferred: true, safe: true);

    public static void MissingColon(FixContext fix)
    {
        var at = fix.Span.Start;
        var property = PropertyNamedBefore(fix.Tree, at);
        if (property.IsNone || property.Value.Kind == SyntaxKind.Missing)
        {
            var value = property.IsNone ? "null" : PlaceholderValue.Of(fix.SchemasOf(property.Value));
            fix.Insert($"Insert `: {FixContext.Show(value)}`", at, ": " + value, preferred: true);
            return;
        }

        fix.Insert("Insert `:`", at, at < property.Value.Span.Start ? ":" : ": ", preferred: true, safe: true);
    }

    public static void MissingValue(FixContext fix)
    {
        if (fix.Text.Slice(fix.Span.Start, fix.Span.Length) is [(byte)','])
        {
            RemoveComma(fix);
            return;
        }

        var at = fix.Span.End;
        var gap = fix.Tree.FindNode(at);
        while (gap.Kind is not (SyntaxKind.Missing or SyntaxKind.Document))
        {
            gap = gap.Parent;
        }

        if (gap.Kind == SyntaxKind.Document)
        {
            return;
        }

        var value = PlaceholderValue.Of(fix.SchemasOf(gap));
        var lead = fix.Text[at - 1] == (byte)':' ? " " : ": ";
        fix.Insert($"Insert `{FixContext.Show(value)}`", at, lead + value);
    }

    public static void MissingName(FixContext fix)
    {
        switch (fix.Text.Slice(fix.Span.Start, fix.Span.Length))
        {
            case [(byte)',']:
                RemoveComma(fix);
                break;
            case [(byte)':']:
                fix.Insert("Insert a name", fix.Span.Start, "\"name\"");
                break;
            default:
                fix.Insert("Insert a name", fix.Span.Start, "\"name\": ");
                break;
        }
    }

    public static void BehindTheEnd(FixContext fix) =>
        fix.Replace("Remove everything behind the top-level value", TextSpan.FromBounds(Lines.SkipWhitespaceBack(fix.Text, fix.Span.Start), fix.Text.Length), string.Empty);

    public static void TrailingComma(FixContext fix) => fix.Replace("Remove the comma", fix.Span, string.Empty, preferred: true, safe: true);

    public static void Comment(FixContext fix)
    {
        fix.Add("Remove the comment", [Removal(fix, fix.Span)], preferred: fix.Tree.Comments.Length == 1);
        if (!fix.SafeOnly && fix.Tree.Comments.Length > 1)
        {
            fix.Add("Remove all comments", [.. fix.Tree.Comments.Select(comment => Removal(fix, comment))]);
        }
    }

    /// <summary>Removes a comment, and the line if it holds nothing else.</summary>
    public static TextChange Removal(FixContext fix, TextSpan comment)
    {
        var text = fix.Text;
        var start = Lines.SkipBlanksBack(text, comment.Start);
        var end = Lines.SkipBlanks(text, comment.End);
        var isFirst = start == 0 || text[start - 1] is (byte)'\n' or (byte)'\r';
        var isLast = end == text.Length || text[end] is (byte)'\n' or (byte)'\r';
        return new TextChange(
            (isFirst, isLast) switch
            {
                (true, true) => TextSpan.FromBounds(start, end == text.Length ? end : Lines.BreakEnd(text, end)),
                (false, true) => TextSpan.FromBounds(start, comment.End),
                (true, false) => TextSpan.FromBounds(comment.Start, end),
                _ => comment,
            },
            string.Empty);
    }

    public static void UnterminatedComment(FixContext fix)
    {
        var rest = fix.Text[fix.Span.Start..];
        var line = rest.IndexOfAny((byte)'\n', (byte)'\r');
        var end = Lines.SkipWhitespaceBack(fix.Text, line < 0 ? fix.Text.Length : fix.Span.Start + line);
        fix.Insert("Insert `*/` at the end of the line", end, " */", preferred: true);
    }

    public static void Unterminated(FixContext fix)
    {
        if (fix.Current.Related.IsEmpty || fix.NodeAt(fix.Current.Related[0].Span) is not { IsNone: false } open)
        {
            return;
        }

        var text = fix.Text;
        var at = fix.Span.End;
        var closing = new StringBuilder();
        var end = open.Span.End;
        for (var node = open; node.Kind != SyntaxKind.Document && node.Span.End == end; node = node.Parent)
        {
            if (node.IsUnterminated && node.Kind is SyntaxKind.Object or SyntaxKind.Array)
            {
                closing.Append(node.Kind == SyntaxKind.Object ? '}' : ']');
            }
        }

        var title = $"Insert `{FixContext.Show(closing.ToString())}`";
        var comma = Lines.SkipWhitespaceBack(text, at) is > 0 and var last && text[last - 1] == (byte)',' ? last - 1 : -1;
        var insertion = new TextChange(new TextSpan(at, 0), Lines.HasBreak(text[open.Span.Start..at]) ? OnLines(fix, open, end) : closing.ToString());
        fix.Add(title, comma < 0 ? [insertion] : [new TextChange(new TextSpan(comma, 1), string.Empty), insertion], preferred: true);
    }

    private static string OnLines(FixContext fix, SyntaxNode open, int end)
    {
        var style = new DocumentStyle(fix.Tree, EditOptions.Default);
        var closing = new StringBuilder();
        for (var node = open; node.Kind != SyntaxKind.Document && node.Span.End == end; node = node.Parent)
        {
            if (node.IsUnterminated && node.Kind is SyntaxKind.Object or SyntaxKind.Array)
            {
                closing.Append(style.EndOfLine(node.Span.Start)).Append(style.LineIndent(node.Span.Start)).Append(node.Kind == SyntaxKind.Object ? '}' : ']');
            }
        }

        return closing.ToString();
    }

    private static void RemoveComma(FixContext fix) => fix.Replace("Remove the comma", fix.Span, string.Empty, preferred: true);

    private static SyntaxNode PropertyNamedBefore(SyntaxTree tree, int offset)
    {
        for (var node = tree.FindNode(offset); node.Kind != SyntaxKind.Document; node = node.Parent)
        {
            if (node.Kind == SyntaxKind.Property && node.NameSpan.End == offset)
            {
                return node;
            }
        }

        return default;
    }
}
