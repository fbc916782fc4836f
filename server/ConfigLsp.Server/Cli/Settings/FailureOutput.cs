using System.Text.Json;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>Says what went wrong: to people on standard error, to programs as an object on standard output.</summary>
internal static class FailureOutput
{
    // The others are in the JSON form.
    private const int MaxDiagnostics = 10;

    public static void Write(CommandFailure failure, CommandLineHost host, bool isJson)
    {
        if (isJson)
        {
            using var json = JsonOutput.Create(host.Output);
            json.WriteStartObject();
            WriteError(json, failure);
            json.WriteEndObject();
            JsonOutput.Finish(json, host.Output);
        }
        else
        {
            WriteText(failure, host);
        }
    }

    public static void WriteText(CommandFailure failure, CommandLineHost host)
    {
        var style = new TextStyle(host.MessagesTerminal.HasColor(host.Variable));
        host.Messages.WriteLine($"configlsp: {style.Error("error:")} {TerminalText.Sanitize(failure.Message)}");
        foreach (var diagnostic in failure.Diagnostics.Where(d => d.Message != failure.Message).Take(MaxDiagnostics))
        {
            host.Messages.WriteLine($"  {TerminalText.Sanitize(diagnostic.Message)}");
        }

        if (failure.Current is { } current)
        {
            var value = current.Value is { } known ? $"{TerminalText.Sanitize(known)}, " : string.Empty;
            host.Messages.WriteLine($"  There is now: {value}revision {current.Revision}.");
        }

        if (failure.Help is { } help)
        {
            host.Messages.WriteLine($"  {TerminalText.Sanitize(help)}");
        }

        host.Messages.Flush();
    }

    /// <summary>Writes the property <c>error</c>.</summary>
    public static void WriteError(Utf8JsonWriter json, CommandFailure failure)
    {
        json.WriteStartObject("error");
        json.WriteString("name", failure.Name);
        json.WriteString("message", failure.Message);
        json.WriteString("class", failure.Class);
        json.WriteBoolean("retryable", failure.IsRetryable);
        if (failure.RetryAfter is { } after)
        {
            json.WriteNumber("retryAfterMs", (long)Math.Ceiling(after.TotalMilliseconds));
        }

        json.WriteOptional("help", failure.Help);
        json.WriteOptional("key", failure.Key);
        json.WriteOptional("source", failure.Source);
        if (!failure.Diagnostics.IsEmpty)
        {
            json.WriteStartArray("diagnostics");
            foreach (var diagnostic in failure.Diagnostics)
            {
                Write(json, new LocatedDiagnostic(diagnostic, Place: null, Source: null, Key: null));
            }

            json.WriteEndArray();
        }

        if (failure.Current is { } current)
        {
            json.WriteStartObject("current");
            json.WriteNumber("revision", current.Revision);
            if (current.Value is { } value)
            {
                json.WritePropertyName("value");
                json.WriteRawValue(value);
            }

            json.WriteOptional("etag", current.Etag);
            json.WriteEndObject();
        }

        if (failure.IsApplied)
        {
            json.WriteBoolean("applied", value: true);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a finding as an object.</summary>
    public static void Write(Utf8JsonWriter json, LocatedDiagnostic found)
    {
        json.WriteStartObject();
        json.WriteString("severity", SeverityNames.Of(found.Diagnostic.Severity));
        json.WriteString("code", found.Diagnostic.Descriptor.Id);
        json.WriteString("message", found.Diagnostic.Message);
        if (found.Place is { } place)
        {
            WritePlace(json, place);
        }

        json.WriteOptional("source", found.Source);
        json.WriteOptional("key", found.Key);
        json.WriteEndObject();
    }

    /// <summary>Writes the properties <c>file</c>, <c>line</c> and <c>column</c>, which count from 1.</summary>
    public static void WritePlace(Utf8JsonWriter json, SettingPlace place)
    {
        json.WriteString("file", place.File);
        json.WriteNumber("line", place.Start.Line + 1);
        json.WriteNumber("column", place.Start.Character + 1);
    }
}
