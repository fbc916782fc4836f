namespace ConfigLsp.Core.Editing;

/// <summary>How a new value is laid out.</summary>
/// <param name="IsSingleLine">Everything on one line; then the next three do not matter.</param>
/// <param name="EndOfLine">The line break.</param>
/// <param name="Indent">What the line starts with on which the value starts.</param>
/// <param name="Unit">What one level adds to that.</param>
/// <param name="Colon">The colon with the blanks around it.</param>
/// <param name="Gap">What stands behind a comma on one line.</param>
/// <param name="Padding">What stands inside the braces of an object on one line.</param>
internal sealed record ValueLayout(bool IsSingleLine, string EndOfLine, string Indent, string Unit, string Colon, string Gap, string Padding);
