using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Headless.Protocol;

/// <summary>
/// A JSON value that passes through as it is: no text is made of it, and numbers keep their digits. A member that is <c>null</c> on the wire is a
/// value here; one that is absent is none.
/// </summary>
[JsonConverter(typeof(RawJsonConverter))]
internal sealed record RawJson(ReadOnlyMemory<byte> Utf8)
{
    public static RawJson? Of(ReadOnlyMemory<byte>? json) => json is { } value ? new RawJson(value) : null;
}

/// <summary>Reads any value as its bytes, and writes them.</summary>
internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override bool HandleNull => true;

    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement value = JsonElement.ParseValue(ref reader);
        return new RawJson(JsonMarshal.GetRawUtf8Value(value).ToArray());
    }

    public override void Write(Utf8JsonWriter writer, RawJson? value, JsonSerializerOptions options)
    {
        if (value is null)
            writer.WriteNullValue();
        else
            // It was read from a document or from the wire, so it is known to be JSON.
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
