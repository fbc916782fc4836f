using System.CommandLine;
using ConfigLsp.Configuration.Service;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>Which settings a command is about, and how it prints.</summary>
/// <param name="Workspace">The folder as it was typed; null to look for it.</param>
/// <param name="Environment">The environment; null to find it out.</param>
/// <param name="IsTrusted">Whether the workspace is trusted for this run.</param>
/// <param name="IsJson">Whether the output is for programs.</param>
internal sealed record SettingsScope(string? Workspace, string? Environment, bool IsTrusted, bool IsJson);

/// <summary>The options that every command about settings has.</summary>
internal sealed class SettingsOptions
{
    private readonly Option<string> _workspace = new("--workspace") { Description = "The workspace folder [default: found from the current folder]", HelpName = "dir" };
    private readonly Option<string> _environment = new("--env") { Description = "The environment whose settings apply, such as production", HelpName = "name" };
    private readonly Option<bool> _trust = new("--trust") { Description = "Trust the workspace in this run: its configlsp.json may reach outside of it" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON for programs" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _environment.CompletionSources.Add("development", "testing", "staging", "production");
        command.Add(_json);
        command.Add(_workspace);
        command.Add(_environment);
        command.Add(_trust);
    }

    public SettingsScope Read(ParseResult parsed) => new(parsed.GetValue(_workspace), parsed.GetValue(_environment), parsed.GetValue(_trust), parsed.GetValue(_json));

    /// <summary>A key that need not be given.</summary>
    public static KeyText? ToKey(string? text) => text is null ? default(KeyText?) : new KeyText(text);

    /// <summary>An option that takes a whole number.</summary>
    public static Option<long?> Number(string name, string description, string helpName, long least, long most = long.MaxValue) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => ParseNumber(result, name, least, most),
    };

    /// <summary>Reads a whole number, or says what would be one.</summary>
    public static long? ParseNumber(System.CommandLine.Parsing.ArgumentResult result, string name, long least, long most)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError(most == long.MaxValue ? $"{name} must be a whole number from {least} on, but is '{text}'." : $"{name} must be a whole number from {least} to {most}, but is '{text}'.");
        return null;
    }
}
