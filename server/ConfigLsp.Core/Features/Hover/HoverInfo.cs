using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Hover;

/// <summary>What is known about the key or value under the caret.</summary>
/// <param name="Span">The bytes that the information is about.</param>
/// <param name="Markdown">The text, as untrusted Markdown (CommonMark).</param>
public sealed record HoverInfo(TextSpan Span, string Markdown);
