using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Health;

/// <summary>Writes a fact as the JSON scalar that it is.</summary>
internal sealed class HealthFactConverter : JsonConverter<HealthFact>
{
    public override HealthFact Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => reader.GetInt64(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new JsonException("A text, a whole number or a truth value is expected."),
    };

    public override void Write(Utf8JsonWriter writer, HealthFact value, JsonSerializerOptions options)
    {
        switch (value.Value)
        {
            case long number:
                writer.WriteNumberValue(number);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            default:
                writer.WriteStringValue((string?)value.Value);
                break;
        }
    }
}
