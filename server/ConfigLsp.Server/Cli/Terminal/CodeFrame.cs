using System.Text;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Cli.Terminal;

/// <summary>One source line with the range concerned underlined, cut to fit a terminal.</summary>
/// <param name="Line">One-based number of the line.</param>
/// <param name="Source">The line as shown: tabs as blanks, control characters visible, cut parts as an ellipsis.</param>
/// <param name="Indent">Columns before the underlining.</param>
/// <param name="Length">Columns underlined, at least 1.</param>
internal sealed record CodeFrame(int Line, string Source, int Indent, int Length)
{
    private const int TabWidth = 4;
    private const char Mask = '•';

    /// <summary>The underlining, to be written below <see cref="Source"/>.</summary>
    public string Underline => new('^', Length);

    /// <summary>The frame of a span; of a span over several lines its first line.</summary>
    /// <param name="text">The text that the span is in.</param>
    /// <param name="span">The bytes to underline.</param>
    /// <param name="width">Columns that <see cref="Source"/> may take, at least 20.</param>
    /// <param name="secrets">Places whose characters are shown as dots, in order.</param>
    public static CodeFrame Create(SourceText text, TextSpan span, int width, ReadOnlySpan<TextSpan> secrets = default)
    {
        var line = text.Lines.GetLine(Math.Min(span.Start, text.Length));
        var whole = text.Lines.GetLineSpan(line);
        var start = Math.Clamp(span.Start, whole.Start, whole.End);
        var end = Math.Clamp(span.End, start, whole.End);

        // A minified file is one line of any length, so only the neighbourhood of the place is looked at. A column takes at most four bytes,
        // or more where marks are stacked on a character, and then the line is merely cut earlier.
        var reach = width * 4;
        var from = CharacterStart(text.Span, whole.Start, Math.Max(whole.Start, start - reach));
        var to = CharacterStart(text.Span, whole.Start, Math.Min(whole.End, Math.Min(end, start + reach) + reach));
        var cells = Cells(text.Span, from, to, secrets);
        return Cut(line + 1, cells, start, end, width, cutBefore: from > whole.Start, cutAfter: to < whole.End);
    }

    private static CodeFrame Cut(int line, List<Cell> cells, int start, int end, int width, bool cutBefore, bool cutAfter)
    {
        var total = cells.Count == 0 ? 0 : cells[^1].EndColumn;
        var markStart = ColumnAt(cells, start, total);
        var markEnd = Math.Max(markStart + 1, ColumnAt(cells, end, total));
        var left = 0;
        var right = total;
        if (total > width || cutBefore || cutAfter)
        {
            // Prefer to show the whole range with equal room on both sides, and its start where it is too long.
            var room = width - Math.Min(markEnd - markStart, width);
            left = Math.Clamp(markStart - Math.Max(room / 2, Math.Min(8, width / 4)), 0, Math.Max(0, total - width));
            right = Math.Min(total, left + width);
        }

        var ellipsisBefore = left > 0 || cutBefore;
        var ellipsisAfter = right < total || cutAfter;
        var first = ellipsisBefore ? left + 1 : left;
        var last = ellipsisAfter ? right - 1 : right;
        var source = new StringBuilder();
        var column = left;
        if (ellipsisBefore)
        {
            source.Append('…');
            column++;
        }

        foreach (var cell in cells)
        {
            if (cell.StartColumn < first || cell.EndColumn > last)
            {
                continue;
            }

            // A wide character that the cut would halve leaves a blank, so that what follows stays in its column.
            source.Append(' ', Math.Max(0, cell.StartColumn - column)).Append(cell.Text);
            column = cell.EndColumn;
        }

        if (ellipsisAfter)
        {
            source.Append('…');
        }

        var indent = Math.Clamp(markStart, first, Math.Max(first, last)) - left;
        var length = Math.Max(1, Math.Min(markEnd, Math.Max(last, markStart + 1)) - left - indent);
        return new CodeFrame(line, source.ToString().TrimEnd(), indent, length);
    }

    private static List<Cell> Cells(ReadOnlySpan<byte> text, int from, int to, ReadOnlySpan<TextSpan> secrets)
    {
        var cells = new List<Cell>(Math.Min(to - from, 1024));
        var shown = new StringBuilder(8);
        var column = 0;
        var at = from;
        while (at < to)
        {
            Rune.DecodeFromUtf8(text[at..to], out var rune, out var consumed);
            shown.Clear();
            var width = 0;
            while (!secrets.IsEmpty && secrets[0].End <= at)
            {
                secrets = secrets[1..];
            }

            if (!secrets.IsEmpty && secrets[0].Contains(at))
            {
                width = 1;
                shown.Append(Mask);
            }
            else if (rune.Value == '\t')
            {
                width = TabWidth - (column % TabWidth);
                shown.Append(' ', width);
            }
            else if (rune.Value != 0xFEFF || at != 0)
            {
                width = TerminalText.Append(shown, rune);
            }

            cells.Add(new Cell(at, column, column + width, shown.ToString()));
            column += width;
            at += consumed;
        }

        return cells;
    }

    /// <summary>The column of the character that holds the byte at <paramref name="offset"/>, or the end of the line.</summary>
    private static int ColumnAt(List<Cell> cells, int offset, int end)
    {
        foreach (var cell in cells)
        {
            if (cell.Offset >= offset)
            {
                return cell.StartColumn;
            }
        }

        return end;
    }

    private static int CharacterStart(ReadOnlySpan<byte> text, int lineStart, int offset)
    {
        // At most three continuation bytes belong to a character; more are ill-formed and stand for themselves.
        for (var step = 0; step < 3 && offset > lineStart && offset < text.Length && (text[offset] & 0xC0) == 0x80; step++)
        {
            offset--;
        }

        return offset;
    }

    private readonly record struct Cell(int Offset, int StartColumn, int EndColumn, string Text);
}
