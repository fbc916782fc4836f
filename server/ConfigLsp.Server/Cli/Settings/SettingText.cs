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
        return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(json.Span);
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
