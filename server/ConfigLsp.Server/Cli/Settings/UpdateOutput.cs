using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>Says what an update has changed. Holds no secret.</summary>
internal static class UpdateOutput
{
    /// <param name="session">The command.</param>
    /// <param name="result">What became of the update.</param>
    /// <param name="key">The key it is about; null for a whole file.</param>
    /// <param name="isDryRun">Whether it was only tried.</param>
    /// <param name="describe">What was done, given the place: a sentence without its full stop.</param>
    public static void Write(SettingsSession session, UpdateResult result, string? key, bool isDryRun, Func<string, string> describe)
    {
        var report = session.Service.ListSources().First(s => s.Name == result.Source);
        var file = session.DisplayPath(report.File!);
        var difference = isDryRun ? Difference(session.Service.Current!, result, report, file) : string.Empty;
        if (session.Scope.IsJson)
        {
            WriteJson(session.CommandLine.Output, result, report.File!, key, isDryRun ? difference : null);
        }
        else
        {
            WriteText(session, result, difference, isDryRun, describe($"{TerminalText.Sanitize(file)} (source {result.Source})"));
        }

        if (result.OverriddenBy is { } stronger)
        {
            session.Warn($"Reads {(isDryRun ? "would" : "do")} not see this: the source {stronger}, which is stronger, sets {key} too.", "note");
        }

        foreach (var found in result.Diagnostics.Where(d => key is null || d.Key is null || d.Key == key))
        {
            var place = found.Place is { } at ? $"{session.DisplayPath(at.File)}:{at.Start.Line + 1}:{at.Start.Character + 1}: " : string.Empty;
            session.Warn(place + found.Diagnostic.Message);
        }
    }

    private static void WriteText(SettingsSession session, UpdateResult result, string difference, bool isDryRun, string sentence)
    {
        var output = session.CommandLine.Text;
        if (isDryRun)
        {
            output.Write(SettingText.ForOutput(difference, session.CommandLine.OutputTerminal));
            session.Warn(result.IsChanged ? "Nothing was written." : "There is nothing to change.", "note");
        }
        else
        {
            output.WriteLine($"{sentence}.{(result.IsChanged && result.Revision is { } revision ? $" Revision {revision}." : string.Empty)}");
        }

        output.Flush();
    }

    private static string Difference(ConfigurationSnapshot view, UpdateResult result, SourceReport report, string file)
    {
        if (result is not { OldText: { } before, NewText: { } after })
        {
            return string.Empty;
        }

        string Shown(SourceText text) => SecretMask.ToDisplay(SecretMask.Apply(text, report.Type, report.Section, view));
        var difference = UnifiedDiff.Create(Shown(before), Shown(after), file);
        return difference.Length > 0 || !result.IsChanged ? difference : $"A secret value in {file} would change.\n";
    }

    private static void WriteJson(Stream output, UpdateResult result, string file, string? key, string? difference)
    {
        using var json = JsonOutput.Create(output);
        json.WriteStartObject();
        json.WriteOptional("key", key);
        json.WriteString("source", result.Source);
        json.WriteString("file", file);
        if (result.Revision is { } revision)
        {
            json.WriteNumber("revision", revision);
        }

        json.WriteBoolean("changed", result.IsChanged);
        json.WriteBoolean("dryRun", difference is not null);
        json.WriteOptional("diff", difference);
        json.WriteOptional("etag", result.Etag);
        json.WriteOptional("overriddenBy", result.OverriddenBy);
        json.WriteStartArray("diagnostics");
        foreach (var found in result.Diagnostics)
        {
            FailureOutput.Write(json, found);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        JsonOutput.Finish(json, output);
    }
}
