namespace ConfigLsp.Server.Cli;

/// <summary>What the process returns, documented in <c>docs/cli.md</c>.</summary>
internal static class ExitCodes
{
    /// <summary>Done, and nothing found.</summary>
    public const int Success = 0;

    /// <summary>There are findings that <c>--fail-on</c> names.</summary>
    public const int Findings = 1;

    /// <summary>The command line is wrong, something could not be read or written, or no file matched.</summary>
    public const int Failure = 2;

    /// <summary>Stopped by Ctrl+C (128 and the number of SIGINT, as shells report it).</summary>
    public const int Interrupted = 130;
}
