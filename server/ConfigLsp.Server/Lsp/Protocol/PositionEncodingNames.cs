using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>The names of LSP 3.17, <c>PositionEncodingKind</c>.</summary>
internal static class PositionEncodingNames
{
    public const string Utf8 = "utf-8";
    public const string Utf16 = "utf-16";
    public const string Utf32 = "utf-32";

    public static string Of(PositionEncoding encoding) => encoding switch
    {
        PositionEncoding.Utf8 => Utf8,
        PositionEncoding.Utf32 => Utf32,
        _ => Utf16,
    };
}
