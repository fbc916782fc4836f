namespace ConfigLsp.Core.Features.InlayHints;

/// <summary>A text that is shown in the document without being part of it.</summary>
/// <param name="Offset">Where it is shown.</param>
/// <param name="Text">The text.</param>
public readonly record struct InlayHint(int Offset, string Text);
