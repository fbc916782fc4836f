namespace ConfigLsp.Server.Cli;

/// <summary>What the process returns, documented in <c>docs/cli.md</c>.</summary>
internal static class ExitCodes
{
    /// <summary>Done, and nothing found.</summary>
    public const int Success = 0;

    /// <summary>There are findings that <c>--fail-on</c> names, or an update was refused.</summary>
    public const int Findings = 1;

    /// <summary>The command line is wrong, something could not be read or written, or no file matched.</summary>
    public const int Failure = 2;

    /// <summary>Somebody else was first: what the update expected is not so.</summary>
    public const int Conflict = 3;

    /// <summary>No source sets the key.</summary>
    public const int NotSet = 4;

    /// <summary>A source or the state database cannot be reached at the moment.</summary>
    public const int Unavailable = 5;

    /// <summary>Stopped by Ctrl+C (128 and the number of SIGINT, as shells report it).</summary>
    public const int Interrupted = 130;
}
