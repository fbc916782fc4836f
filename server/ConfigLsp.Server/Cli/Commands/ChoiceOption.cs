using System.CommandLine;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary>An option whose value is one of a few words.</summary>
internal static class ChoiceOption
{
    /// <summary>Creates the option; a wrong word is an error that lists the right ones, and shells complete them.</summary>
    public static Option<string> Create(string name, string description, string defaultValue, params string[] choices)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description} ({string.Join(", ", choices)})",
            HelpName = "word",
            DefaultValueFactory = _ => defaultValue,
        };
        option.CompletionSources.Add(choices);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !choices.Contains(value, StringComparer.Ordinal))
            {
                var meant = Spelling.Closest(value, choices);
                result.AddError($"{name} must be one of {string.Join(", ", choices)}, but is '{value}'.{(meant is null ? string.Empty : $" Did you mean '{meant}'?")}");
            }
        });
        return option;
    }
}
