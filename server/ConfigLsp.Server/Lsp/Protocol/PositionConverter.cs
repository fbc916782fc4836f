using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>
/// Reads positions as clients send them: a number beyond those of LSP, which some clients use for "the end", counts as the nearest one. A position that
/// cannot be read would cost the whole message, and with a change the agreement about the text.
/// </summary>
internal sealed class PositionConverter : JsonConverter<Position>
{
    public override Position Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("A position must be an object.");
        int? line = null;
        int? character = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isLine = reader.ValueTextEquals("line"u8);
            bool isCharacter = reader.ValueTextEquals("character"u8);
            reader.Read();
            if (isLine)
                line = ReadNumber(ref reader);
            else if (isCharacter)
                character = ReadNumber(ref reader);
            else
                reader.Skip();
        }

        return line is { } l && character is { } c ? new Position(l, c) : throw new JsonException("A position must have 'line' and 'character'.");
    }

    public override void Write(Utf8JsonWriter writer, Position value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("line"u8, value.Line);
        writer.WriteNumber("character"u8, value.Character);
        writer.WriteEndObject();
    }

    private static int ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonException("A line or character must be a number.");
        // Casts of numbers out of range saturate.
        return reader.TryGetInt32(out int number) ? number : (int)reader.GetDouble();
    }
}
