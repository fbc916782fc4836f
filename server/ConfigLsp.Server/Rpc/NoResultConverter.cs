using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Rpc;

/// <summary>Writes <c>null</c>, and accepts any answer to a request whose result does not matter.</summary>
internal sealed class NoResultConverter : JsonConverter<NoResult>
{
    public override bool HandleNull => true;

    public override NoResult Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Skip();
        return default;
    }

    public override void Write(Utf8JsonWriter writer, NoResult value, JsonSerializerOptions options) => writer.WriteNullValue();
}
