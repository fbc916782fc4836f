using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary>The usual help, followed by examples of the command.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        [""] =
        [
            "configlsp check                      check the settings files below the current folder",
            "configlsp schema show settings.json  say which schema applies to a file, and why",
            "configlsp get maxAgents              print a setting that is in effect",
            "configlsp set maxAgents 5            change it, if the schema permits it",
            "configlsp lsp --stdio                run the language server, as editors do",
        ],
        ["lsp"] = ["configlsp lsp --stdio", "configlsp lsp --pipe=/tmp/editor.sock --clientProcessId=4711", "configlsp lsp --stdio --log-level debug --log-file server.log"],
        ["serve"] =
        [
            "configlsp serve --stdio --workspace /srv/app",
            "configlsp serve --listen \"$XDG_RUNTIME_DIR/configlsp.sock\" --workspace /srv/app --env staging",
        ],
        ["check"] =
        [
            "configlsp check                                     settings files below the current folder",
            "configlsp check .nofx/settings.json 'config/*.json' a file, and all files that match a glob",
            "configlsp check --schema service.schema.json a.json a file by a schema of your choice",
            "configlsp check --format sarif > configlsp.sarif    a report for a code scanning service",
            "cat a.json | configlsp check - --stdin-path .nofx/settings.json",
        ],
        ["schema"] = ["configlsp schema list", "configlsp schema show .nofx/settings.json"],
        ["schema list"] = ["configlsp schema list", "configlsp schema list --format json"],
        ["schema show"] = ["configlsp schema show .nofx/settings.json", "configlsp schema show .nofx/settings.json --format json"],
        ["get"] = ["configlsp get maxAgents", "configlsp get maxAgents logLevel --json", "configlsp get maxAgents --env staging --workspace ~/project"],
        ["inspect"] = ["configlsp inspect maxAgents", "configlsp inspect maxAgents --json"],
        ["set"] =
        [
            "configlsp set maxAgents 5                       in .nofx/settings.json of the workspace",
            "configlsp set logLevel debug --source local     in .nofx/settings.local.json",
            "configlsp set maxAgents 5 --dry-run             only show the difference",
            "configlsp set maxAgents 5 --if-revision 12      only if nobody else changed it",
            "echo claude | configlsp set aiPath -            the value from standard input",
        ],
        ["unset"] = ["configlsp unset maxAgents", "configlsp unset logLevel --source local"],
        ["list"] = ["configlsp list", "configlsp list agent --json"],
        ["effective"] = ["configlsp effective", "configlsp effective agent", "set -a; eval \"$(configlsp effective --format env)\"; set +a"],
        ["history"] = ["configlsp history", "configlsp history maxAgents --limit 5", "configlsp history --source workspace --before 12"],
        ["restore"] = ["configlsp restore 11 --dry-run", "configlsp restore 11"],
        ["sources"] = ["configlsp sources", "configlsp sources test", "configlsp sources test workspace --json"],
        ["sources test"] = ["configlsp sources test", "configlsp sources test workspace --json"],
        ["health"] = ["configlsp health", "configlsp health --json"],
        ["trust"] = ["configlsp trust", "configlsp trust ~/project", "configlsp trust ~/project --remove", "configlsp trust --list"],
        ["completion"] =
        [
            "source <(configlsp completion bash)                           in ~/.bashrc",
            "source <(configlsp completion zsh)                            in ~/.zshrc, behind compinit",
            "configlsp completion fish | source                            in ~/.config/fish/config.fish",
            "configlsp completion pwsh | Out-String | Invoke-Expression    in $PROFILE",
        ],
    };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var path = CommandLine.CommandPath(parseResult.CommandResult);
        if (Examples.TryGetValue(path, out var examples))
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }
        }

        if (ExitCodesOf(path) is { } exitCodes)
        {
            output.WriteLine();
            output.WriteLine($"Exit code: {exitCodes}.");
        }

        output.Flush();
        return ExitCodes.Success;
    }

    private static string? ExitCodesOf(string path) => path switch
    {
        "check" => "0 nothing found, 1 findings, 2 wrong usage, unreadable files or nothing matched, 130 stopped by Ctrl+C",
        "set" or "unset" or "restore" => "0 done, 1 refused, 2 wrong usage or a file that cannot be written, 3 somebody else was first, 5 unavailable at the moment",
        "get" or "inspect" or "list" or "effective" => "0 done, 1 refused, 2 wrong usage, 4 not set, 5 unavailable at the moment",
        "sources test" => "0 all can be read, 1 an error to mend, 2 wrong usage, 5 unavailable at the moment",
        "health" => "0 healthy, 1 degraded, 2 wrong usage, 5 unhealthy",
        _ => null,
    };
}
