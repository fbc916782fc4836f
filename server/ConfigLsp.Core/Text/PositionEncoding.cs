namespace ConfigLsp.Core.Text;

/// <summary>What a column counts (LSP 3.17, <c>PositionEncodingKind</c>).</summary>
public enum PositionEncoding
{
    /// <summary>UTF-16 code units, the encoding every LSP client supports.</summary>
    Utf16,

    /// <summary>UTF-8 code units, that is, bytes.</summary>
    Utf8,

    /// <summary>Unicode code points.</summary>
    Utf32,
}
