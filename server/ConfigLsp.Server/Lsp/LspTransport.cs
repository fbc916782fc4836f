namespace ConfigLsp.Server.Lsp;

/// <summary>The way to the client. Pipe and socket connect out to where the client listens, as LSP clients expect.</summary>
internal abstract record LspTransport
{
    private LspTransport()
    {
    }

    /// <summary>Standard input and output.</summary>
    internal sealed record Stdio : LspTransport;

    /// <summary>A Unix domain socket by path, on Windows a named pipe (<c>\\.\pipe\NAME</c> or <c>NAME</c>).</summary>
    internal sealed record Pipe(string Name) : LspTransport;

    /// <summary>A TCP port of this machine.</summary>
    internal sealed record Socket(int Port) : LspTransport;
}
