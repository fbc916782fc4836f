using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary>The usual help, followed by examples of the command.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["configlsp"] =
        [
            "configlsp check                      check the settings files below the current folder",
            "configlsp schema show settings.json  say which schema applies to a file, and why",
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
        ["list"] = ["configlsp schema list", "configlsp schema list --format json"],
        ["show"] = ["configlsp schema show .nofx/settings.json", "configlsp schema show .nofx/settings.json --format json"],
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
        if (Examples.TryGetValue(parseResult.CommandResult.Command.Name, out var examples))
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }
        }

        if (parseResult.CommandResult.Command.Name == "check")
        {
            output.WriteLine();
            output.WriteLine("Exit code: 0 nothing found, 1 findings, 2 wrong usage, unreadable files or nothing matched, 130 stopped by Ctrl+C.");
        }

        output.Flush();
        return ExitCodes.Success;
    }
}
