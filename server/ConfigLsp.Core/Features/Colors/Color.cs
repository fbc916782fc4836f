using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Colors;

/// <summary>A colour; each part is from 0 to 1.</summary>
public readonly record struct Color(double Red, double Green, double Blue, double Alpha);

/// <summary>A colour in a document.</summary>
/// <param name="Span">The string, with its quotes.</param>
/// <param name="Color">The colour that it names.</param>
public readonly record struct DocumentColor(TextSpan Span, Color Color);
