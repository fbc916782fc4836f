using System.Text;

namespace ConfigLsp.Core.Text;

/// <summary>
/// Converts between byte offsets and line positions of one text. The only place that knows about UTF-16 and UTF-32 columns.
/// Lines end at LF, CRLF or CR (LSP 3.17, "Text Documents").
/// </summary>
public sealed class LineMap
{
    private readonly ReadOnlyMemory<byte> _text;
    private readonly int[] _starts;
    private CharacterIndex? _characters;

    private LineMap(ReadOnlyMemory<byte> text, int[] starts, CharacterIndex? characters)
    {
        _text = text;
        _starts = starts;
        _characters = characters;
    }

    /// <summary>Number of lines; a text without a line end has one.</summary>
    public int LineCount => _starts.Length;

    private CharacterIndex Characters => _characters ??= CharacterIndex.Create(_text.Span);

    /// <summary>Offset of the first byte of a line.</summary>
    public int GetLineStart(int line) => _starts[line];

    /// <summary>The bytes of a line without its line end.</summary>
    public TextSpan GetLineSpan(int line)
    {
        var start = _starts[line];
        if (line + 1 == _starts.Length)
        {
            return TextSpan.FromBounds(start, _text.Length);
        }

        var text = _text.Span;
        var end = _starts[line + 1] - 1;
        if (text[end] == (byte)'\n' && end > start && text[end - 1] == (byte)'\r')
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }

    /// <summary>The line that holds the byte at <paramref name="offset"/>.</summary>
    public int GetLine(int offset)
    {
        var index = Array.BinarySearch(_starts, offset);
        return index >= 0 ? index : ~index - 1;
    }

    /// <summary>
    /// The position of a byte offset. An offset inside a character counts as the character's start, one out of the text as its nearer end.
    /// </summary>
    public LinePosition GetPosition(int offset, PositionEncoding encoding)
    {
        offset = Math.Clamp(offset, 0, _text.Length);
        var line = GetLine(offset);
        return new LinePosition(line, Characters.Count(_text.Span, _starts[line], offset, encoding));
    }

    /// <summary>
    /// The byte offset of a position. As LSP asks, a column behind the end of its line means that end; a line behind the last one means the
    /// end of the text; a column inside a character means its start.
    /// </summary>
    public int GetOffset(LinePosition position, PositionEncoding encoding)
    {
        if (position.Line < 0)
        {
            return 0;
        }

        if (position.Line >= _starts.Length)
        {
            return _text.Length;
        }

        var line = GetLineSpan(position.Line);
        return position.Character <= 0 ? line.Start : Characters.Advance(_text.Span, line, position.Character, encoding);
    }

    internal static LineMap Create(ReadOnlyMemory<byte> text)
    {
        var starts = new List<int>((text.Length / 24) + 1) { 0 };
        AddLineStarts(text.Span, 1, text.Length, starts);
        return new LineMap(text, starts.ToArray(), characters: null);
    }

    /// <summary>The map of the text after one change: only the change is scanned, the lines behind it are moved.</summary>
    internal LineMap WithChange(ReadOnlyMemory<byte> newText, TextChange change)
    {
        // Whether a line starts at p depends on the bytes p-1 and p. So starts before the change stay, starts more than one byte
        // behind it move, and those from its first byte up to the byte behind it are looked for anew.
        var kept = Math.Max(1, LowerBound(_starts, change.Span.Start));
        var moved = LowerBound(_starts, change.Span.End + 1);
        var delta = change.NewText.Length - change.Span.Length;
        var found = new List<int>();
        AddLineStarts(newText.Span, Math.Max(1, change.Span.Start), change.Span.End + delta, found);

        moved = Math.Max(moved, kept);
        var starts = new int[kept + found.Count + (_starts.Length - moved)];
        _starts.AsSpan(0, kept).CopyTo(starts);
        found.CopyTo(starts, kept);
        var tail = starts.AsSpan(kept + found.Count);
        for (var i = 0; i < tail.Length; i++)
        {
            tail[i] = _starts[moved + i] + delta;
        }

        var stillAscii = _characters is { IsAscii: true } && Ascii.IsValid(change.NewText.Span);
        return new LineMap(newText, starts, stillAscii ? _characters : null);
    }

    /// <summary>Adds the offsets from <paramref name="first"/> (at least 1) to <paramref name="last"/> at which a line starts.</summary>
    private static void AddLineStarts(ReadOnlySpan<byte> text, int first, int last, List<int> starts)
    {
        var at = first - 1;
        while (at < last)
        {
            var next = text[at..last].IndexOfAny((byte)'\n', (byte)'\r');
            if (next < 0)
            {
                return;
            }

            at += next + 1;
            if (text[at - 1] == (byte)'\n' || at == text.Length || text[at] != (byte)'\n')
            {
                starts.Add(at);
            }
        }
    }

    /// <summary>Index of the first element that is at least <paramref name="value"/>.</summary>
    private static int LowerBound(int[] sorted, int value)
    {
        var index = Array.BinarySearch(sorted, value);
        return index >= 0 ? index : ~index;
    }
}
