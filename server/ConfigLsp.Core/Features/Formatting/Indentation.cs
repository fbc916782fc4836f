using System.Text;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Formatting;

/// <summary>Line breaks and the blanks at the start of lines, made once each.</summary>
internal sealed class Indentation
{
    /// <summary>Deeper levels are indented like this one, so that a text of nothing but brackets does not become quadratically long.</summary>
    private const int MaxDepth = 100;

    private const int MaxTabSize = 16;

    private readonly byte[] _endOfLine;
    private readonly byte[] _unit;
    private readonly int _tabSize;
    private readonly byte[]?[] _lines = new byte[MaxDepth + 1][];

    public Indentation(SourceText text, FormattingOptions options)
    {
        _tabSize = Math.Clamp(options.TabSize, 1, MaxTabSize);
        _unit = options.InsertSpaces ? Encoding.ASCII.GetBytes(new string(' ', _tabSize)) : "\t"u8.ToArray();
        var at = text.Span.IndexOfAny((byte)'\n', (byte)'\r');
        _endOfLine = at < 0 ? Encoding.ASCII.GetBytes(options.EndOfLine)
            : text.Span[at] == (byte)'\n' ? "\n"u8.ToArray()
            : at + 1 < text.Length && text.Span[at + 1] == (byte)'\n' ? "\r\n"u8.ToArray()
            : "\r"u8.ToArray();
    }

    /// <summary>Line breaks, and behind them the start of a line of this depth.</summary>
    public ReadOnlyMemory<byte> NewLine(int breaks, int depth)
    {
        depth = Math.Clamp(depth, 0, MaxDepth);
        return breaks == 1 ? _lines[depth] ??= Make(1, depth) : Make(breaks, depth);
    }

    /// <summary>Line breaks only.</summary>
    public ReadOnlyMemory<byte> Breaks(int count) => NewLine(count, 0);

    /// <summary>The blanks at the start of a line of this depth.</summary>
    public ReadOnlyMemory<byte> LineStart(int depth) => NewLine(1, depth)[_endOfLine.Length..];

    /// <summary>The depth of a line that starts with these blanks; the rest of a division is dropped.</summary>
    public int DepthOf(ReadOnlySpan<byte> line)
    {
        var columns = 0;
        foreach (var c in line)
        {
            if (c is not ((byte)' ' or (byte)'\t'))
            {
                break;
            }

            columns += c == (byte)'\t' ? _tabSize : 1;
        }

        return columns / _tabSize;
    }

    private byte[] Make(int breaks, int depth)
    {
        var made = new byte[(breaks * _endOfLine.Length) + (depth * _unit.Length)];
        for (var i = 0; i < breaks; i++)
        {
            _endOfLine.CopyTo(made, i * _endOfLine.Length);
        }

        for (var i = 0; i < depth; i++)
        {
            _unit.CopyTo(made, (breaks * _endOfLine.Length) + (i * _unit.Length));
        }

        return made;
    }
}
