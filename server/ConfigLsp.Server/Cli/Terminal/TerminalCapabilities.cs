namespace ConfigLsp.Server.Cli.Terminal;

/// <summary>What an output can show.</summary>
/// <param name="IsTerminal">Whether a person sees it as it is written; false for a file or a pipe.</param>
/// <param name="Width">Columns of the terminal, or null where there is none or it does not say.</param>
internal readonly record struct TerminalCapabilities(bool IsTerminal, int? Width)
{
    /// <summary>Whether colours are wanted: <c>FORCE_COLOR</c> and <c>NO_COLOR</c> decide, else a terminal that is not dumb has them.</summary>
    public bool HasColor(Func<string, string?> variable)
    {
        if (variable("FORCE_COLOR") is { Length: > 0 } force)
        {
            return force is not ("0" or "false");
        }

        return variable("NO_COLOR") is not { Length: > 0 } && CanMoveCursor(variable);
    }

    /// <summary>Whether a line can be written over.</summary>
    public bool CanMoveCursor(Func<string, string?> variable)
    {
        if (!IsTerminal)
        {
            return false;
        }

        // A Windows console understands escape sequences when one of the newer terminals hosts it; those say so.
        var terminal = variable("TERM");
        return terminal is not "dumb" && (!OperatingSystem.IsWindows() || terminal is not null || variable("WT_SESSION") is not null || variable("ConEmuANSI") is "ON");
    }
}
