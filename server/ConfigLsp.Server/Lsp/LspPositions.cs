using System.Collections.Immutable;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Protocol;
using Range = ConfigLsp.Server.Lsp.Protocol.Range;

namespace ConfigLsp.Server.Lsp;

/// <summary>Converts between byte spans and the ranges of the protocol, in the encoding agreed with the client. The only place that knows both.</summary>
internal sealed class LspPositions(PositionEncoding encoding)
{
    public PositionEncoding Encoding { get; } = encoding;

    public Range ToRange(SourceText text, TextSpan span) => new(ToPosition(text, span.Start), ToPosition(text, span.End));

    /// <summary>The offset of a position; one outside the text means its nearer end, as LSP 3.17 asks for columns.</summary>
    public int ToOffset(SourceText text, Position position) =>
        text.Lines.GetOffset(new LinePosition(position.Line, position.Character), Encoding);

    /// <summary>The span of a range; a range whose end lies before its start is taken the other way round.</summary>
    public TextSpan ToSpan(SourceText text, Range range)
    {
        int start = ToOffset(text, range.Start);
        int end = ToOffset(text, range.End);
        return start <= end ? TextSpan.FromBounds(start, end) : TextSpan.FromBounds(end, start);
    }

    /// <summary>Changes as the edits that a client applies.</summary>
    public IReadOnlyList<TextEdit> ToEdits(SourceText text, ImmutableArray<TextChange> changes)
    {
        var edits = new TextEdit[changes.Length];
        for (int i = 0; i < edits.Length; i++)
            edits[i] = new TextEdit(ToRange(text, changes[i].Span), changes[i].NewTextString);
        return edits;
    }

    /// <summary>The place of a byte.</summary>
    public Position ToPosition(SourceText text, int offset)
    {
        LinePosition position = text.Lines.GetPosition(offset, Encoding);
        return new Position(position.Line, position.Character);
    }
}
