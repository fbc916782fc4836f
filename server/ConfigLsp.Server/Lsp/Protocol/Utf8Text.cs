using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>A string of a message, decoded to UTF-8 without a .NET string in between. Lone surrogates become U+FFFD.</summary>
[JsonConverter(typeof(Utf8TextConverter))]
internal readonly record struct Utf8Text(ReadOnlyMemory<byte> Bytes);
