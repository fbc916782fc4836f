using System.Text;
using System.Text.Json;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>How values of settings are shown to people.</summary>
internal static class SettingText
{
    private const int MaxShown = 80;

    /// <summary>A value as a script wants it: the text of a string as it is, everything else as JSON.</summary>
    public static string Bare(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = 1000 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.String)
        {
            return Encoding.UTF8.GetString(json.Span);
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which no output could hold but as its escape.
            return Encoding.UTF8.GetString(json.Span);
        }
    }

    /// <summary>Writes a document with the layout of the writer. The texts stay as they are written, so that also half of a surrogate pair passes.</summary>
    public static void Write(ReadOnlyMemory<byte> document, Utf8JsonWriter json)
    {
        var reader = new Utf8JsonReader(document.Span, new JsonReaderOptions { MaxDepth = 1000 });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    json.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    json.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    json.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    json.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    WriteName(ref reader, json);
                    break;
                default:
                    json.WriteRawValue(document.Span[(int)reader.TokenStartIndex..(int)reader.BytesConsumed], skipInputValidation: true);
                    break;
            }
        }
    }

    private static void WriteName(ref Utf8JsonReader reader, Utf8JsonWriter json)
    {
        try
        {
            json.WritePropertyName(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            json.WritePropertyName(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    /// <summary>A value that fits behind <c>key = </c>: the text of a string unless that would be taken for something else.</summary>
    public static string InLine(ReadOnlyMemory<byte> json)
    {
        var bare = Bare(json);
        return bare.Length > 0 && bare[0] is not (' ' or '"') && bare[^1] != ' ' && !bare.Any(char.IsControl) ? bare : Encoding.UTF8.GetString(json.Span);
    }

    /// <summary>A value in a sentence or a table: as JSON, cut where it is long.</summary>
    public static string Short(ReadOnlyMemory<byte> json)
    {
        var text = Encoding.UTF8.GetString(json.Span);
        return TerminalText.Sanitize(text.Length <= MaxShown ? text : $"{text[..(char.IsHighSurrogate(text[MaxShown - 1]) ? MaxShown - 1 : MaxShown)]}…");
    }

    /// <summary>A text of several lines that may go to a terminal, which it must not drive.</summary>
    public static string ForOutput(string text, TerminalCapabilities terminal) =>
        terminal.IsTerminal ? string.Join('\n', text.Split('\n').Select(static line => TerminalText.Sanitize(line.Replace("\t", "    ", StringComparison.Ordinal)))) : text;
}
