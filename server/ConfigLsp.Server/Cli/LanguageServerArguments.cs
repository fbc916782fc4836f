namespace ConfigLsp.Server.Cli;

/// <summary>What <c>configlsp lsp</c> was asked for.</summary>
internal sealed record LanguageServerArguments
{
    /// <summary>How client and server talk; exactly one of the three ways is given.</summary>
    public required LanguageServerChannel Channel { get; init; }

    /// <summary>The process whose end also ends the server, or null.</summary>
    public int? ClientProcessId { get; init; }

    /// <summary>The least severe entries that are logged: error, warning, information, debug or verbose.</summary>
    public required string LogLevel { get; init; }

    /// <summary>Where the log is written, or null for no file.</summary>
    public string? LogFile { get; init; }
}

/// <summary>The closed family of channels.</summary>
internal abstract record LanguageServerChannel
{
    private LanguageServerChannel()
    {
    }

    /// <summary>Standard input and output.</summary>
    public sealed record Stdio : LanguageServerChannel;

    /// <summary>A named pipe or Unix socket that the client listens on.</summary>
    public sealed record Pipe(string Name) : LanguageServerChannel;

    /// <summary>A TCP port of this machine that the client listens on.</summary>
    public sealed record Socket(int Port) : LanguageServerChannel;
}
