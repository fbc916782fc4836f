using System.CommandLine;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary>An option whose value is a whole number from 1 on.</summary>
internal static class NumberOption
{
    public static Option<int?> Create(string name, string description, string helpName, int most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            if (LspArguments.TryReadNumber(result.Tokens[0].Value, most, out var number))
            {
                return number;
            }

            result.AddError($"{name} must be a whole number from 1 to {most}, but is '{result.Tokens[0].Value}'.");
            return null;
        },
    };
}
