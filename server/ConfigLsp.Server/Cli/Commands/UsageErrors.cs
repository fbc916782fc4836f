using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary>Says what is wrong with a command line and what would be right.</summary>
internal static class UsageErrors
{
    /// <summary>The sentences to show; empty for a good command line.</summary>
    public static IReadOnlyList<string> Describe(ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens.Concat(OptionsTakenForArguments(parsed)).Distinct(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            return unknown.ConvertAll(word => Unknown(parsed, word));
        }

        if (parsed.CommandResult.Command is { Subcommands.Count: > 0, Action: null } command && parsed.Errors.Count > 0)
        {
            return [$"Say what to do: one of {string.Join(", ", VisibleCommands(command))}."];
        }

        return parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal).ToList();
    }

    /// <summary>An argument list takes any word, also a mistyped option; only behind <c>--</c> may a path start with a dash.</summary>
    private static IEnumerable<string> OptionsTakenForArguments(ParseResult parsed)
    {
        var tokens = parsed.Tokens.ToList();
        var separator = tokens.FindIndex(token => token.Type == TokenType.DoubleDash);
        var behindSeparator = separator < 0 ? 0 : tokens.Count - separator - 1;
        foreach (var argument in parsed.CommandResult.Children.OfType<ArgumentResult>())
        {
            foreach (var token in argument.Tokens.Take(argument.Tokens.Count - behindSeparator))
            {
                // A number may well be below zero.
                if (token.Value.Length > 1 && token.Value[0] == '-' && !double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                {
                    yield return token.Value;
                }
            }
        }
    }

    private static string Unknown(ParseResult parsed, string word)
    {
        var command = parsed.CommandResult.Command;
        var isOption = word.StartsWith('-');
        var name = isOption ? word.Split('=', 2)[0] : word;
        var candidates = isOption ? OptionNames(parsed.CommandResult) : VisibleCommands(command);
        var meant = Spelling.Closest(name, candidates);
        var kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        var hint = (meant, kind) switch
        {
            ({ }, _) => $" Did you mean '{meant}'?",
            (null, "option") when command.Arguments.Count > 0 => $" Write -- before a {command.Arguments[^1].Name} that starts with a dash.",
            (null, "command") => $" There are {string.Join(", ", VisibleCommands(command))}.",
            _ => string.Empty,
        };
        return $"Unknown {kind} '{name}'.{hint}";
    }

    private static IEnumerable<string> VisibleCommands(Command command) => command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name);

    private static IEnumerable<string> OptionNames(CommandResult result)
    {
        foreach (var option in result.Command.Options)
        {
            yield return option.Name;
        }

        for (var parent = result.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            foreach (var option in parent.Command.Options.Where(option => option.Recursive))
            {
                yield return option.Name;
            }
        }
    }
}
