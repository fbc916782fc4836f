using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Hover;

/// <summary>What a hover is about.</summary>
/// <param name="Value">The value; of a key whose value is missing no node.</param>
/// <param name="Span">The key or value under the caret.</param>
public readonly record struct HoverTarget(SyntaxNode Value, TextSpan Span);
