using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConfigLsp.Configuration.Service;

namespace ConfigLsp.Server.Headless.Protocol;

/// <summary>A key on the wire: a text with dots between its segments, or an array of segments for names that hold dots.</summary>
[JsonConverter(typeof(KeyNameConverter))]
internal readonly record struct KeyName(KeyText Text);

internal sealed class KeyNameConverter : JsonConverter<KeyName>
{
    /// <summary>Beyond this many segments no key is valid, and nothing more is kept.</summary>
    private const int MaxSegments = 64;

    public override KeyName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new KeyName(new KeyText(reader.GetString()!));
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();
        ImmutableArray<string>.Builder segments = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String || segments.Count == MaxSegments)
                throw new JsonException();
            segments.Add(reader.GetString()!);
        }

        return new KeyName(new KeyText(null, segments.DrainToImmutable()));
    }

    public override void Write(Utf8JsonWriter writer, KeyName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text.ToString());
}
