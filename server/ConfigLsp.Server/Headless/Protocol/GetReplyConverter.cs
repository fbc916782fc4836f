using System.Text.Json;
using System.Text.Json.Serialization;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Api;

namespace ConfigLsp.Server.Headless.Protocol;

/// <summary>Writes the answers as they are kept: the value of a setting is copied, not parsed.</summary>
internal sealed class GetReplyConverter : JsonConverter<GetReply>
{
    public override GetReply Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are only written.");

    public override void Write(Utf8JsonWriter writer, GetReply value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("revision"u8, value.Revision);
        writer.WriteStartArray("items"u8);
        if (value.Only is { } only)
        {
            Write(writer, only, value.RequestId);
        }
        else
        {
            foreach (SettingAnswer answer in value.Items)
                Write(writer, answer, value.RequestId);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SettingAnswer answer, string requestId)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, answer.Key);
        if (answer.Error is { } error)
        {
            writer.WritePropertyName("error"u8);
            JsonSerializer.Serialize(writer, ErrorMapping.ToBody(error, requestId), ApiJsonContext.Default.ErrorBody);
            writer.WriteEndObject();
            return;
        }

        if (answer.Value is { } json)
        {
            writer.WritePropertyName("value"u8);
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }

        if (answer.Source is { } source)
            writer.WriteString("source"u8, source);
        writer.WriteString("freshness"u8, ServiceWords.Of(answer.Freshness));
        writer.WriteNumber("revision"u8, answer.Revision);
        writer.WriteEndObject();
    }
}
