using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConfigLsp.Server.Cli.Reporting;

/// <summary>How the command line writes JSON: indented, UTF-8, <c>\n</c> line ends, letters of all scripts as themselves.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Utf8JsonWriter Create(Stream output) => new(output, Options);

    /// <summary>Ends the last line and hands everything to the stream.</summary>
    public static void Finish(Utf8JsonWriter json, Stream output)
    {
        json.Flush();
        output.Write("\n"u8);
        output.Flush();
    }

    /// <summary>Writes a property unless its value is null.</summary>
    public static void WriteOptional(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
