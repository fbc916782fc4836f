using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Links;

/// <summary>A text that leads somewhere: either <see cref="Target"/> or <see cref="TargetSpan"/> is given.</summary>
/// <param name="Span">The text, without its quotes.</param>
public readonly record struct DocumentLink(TextSpan Span)
{
    /// <summary>An absolute URI of the scheme file, http or https, or of the document's own.</summary>
    public string? Target { get; init; }

    /// <summary>A place in the same document.</summary>
    public TextSpan? TargetSpan { get; init; }
}
