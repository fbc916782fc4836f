using System.CommandLine;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp completion SHELL</c>: prints the script that makes a shell complete our commands and options.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        // Bash splits words at "=" by itself, so that the current word is what stands behind it.
        ["bash"] =
            """
            _configlsp_complete() {
                local current="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
                [[ $current == "=" ]] && current=""
                COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$current"))
            }
            complete -o default -F _configlsp_complete configlsp
            """,
        ["zsh"] =
            """
            _configlsp() {
                local -a found
                found=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                found=("${(@)found:#}")
                if (( ${#found} )); then
                    compset -P '*='
                    compadd -a found
                fi
                _files
            }
            compdef _configlsp configlsp
            """,
        ["fish"] =
            """
            function __configlsp_complete
                set -l line (commandline -cp)
                configlsp "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c configlsp -a '(__configlsp_complete)'
            """,
        ["pwsh"] =
            """
            Register-ArgumentCompleter -Native -CommandName configlsp -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $line = $commandAst.ToString().PadRight($cursorPosition)
                configlsp "[suggest:$cursorPosition]" "$line" 2>$null |
                    Where-Object { $_ -like "$wordToComplete*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    public static Command Create(CommandLineHost host)
    {
        var shell = new Argument<string>("shell") { Description = $"The shell ({string.Join(", ", Scripts.Keys)})" };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !Scripts.ContainsKey(value))
            {
                result.AddError($"There is no completion for '{value}', only for {string.Join(", ", Scripts.Keys)}.");
            }
        });
        var command = new Command("completion", "Print a script that completes commands and options in a shell") { shell };
        command.SetAction(parsed =>
        {
            host.Text.WriteLine(Scripts[parsed.GetRequiredValue(shell)].ReplaceLineEndings("\n"));
            host.Text.Flush();
            return ExitCodes.Success;
        });
        return command;
    }
}
