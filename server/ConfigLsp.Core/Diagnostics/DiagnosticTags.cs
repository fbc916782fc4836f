namespace ConfigLsp.Core.Diagnostics;

/// <summary>Rendering hints of a diagnostic (LSP 3.15 <c>DiagnosticTag</c>).</summary>
[Flags]
public enum DiagnosticTags
{
    None = 0,

    /// <summary>Faded out.</summary>
    Unnecessary = 1,

    /// <summary>Struck through.</summary>
    Deprecated = 2,
}
