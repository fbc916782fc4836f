using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>Zero-based line and column; the column counts units of the negotiated encoding (LSP 3.17, "Position").</summary>
[JsonConverter(typeof(PositionConverter))]
internal readonly record struct Position(int Line, int Character);

/// <summary>From <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct Range(Position Start, Position End);

/// <summary>A range in a document.</summary>
internal sealed record Location(string Uri, Range Range);

/// <summary>A replacement of a range.</summary>
internal sealed record TextEdit(Range Range, string NewText);

/// <summary>Text that a client renders (LSP 3.17, "MarkupContent").</summary>
/// <param name="Kind"><c>markdown</c> or <c>plaintext</c>.</param>
/// <param name="Value">The text.</param>
internal sealed record MarkupContent(string Kind, string Value)
{
    public const string Markdown = "markdown";
    public const string PlainText = "plaintext";
}
