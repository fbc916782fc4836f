using ConfigLsp.Server.Rpc.Transports;

namespace ConfigLsp.Server.Headless.Listening;

/// <summary>Waits for clients at an address of this machine. Disposing ends the waiting and takes the address away.</summary>
internal abstract class ConnectionListener : IAsyncDisposable
{
    /// <summary>Where clients connect to.</summary>
    public abstract string Address { get; }

    /// <summary>Begins to wait: at a Unix domain socket, or on Windows at a named pipe.</summary>
    /// <param name="address">The path of the socket, or the name of the pipe with or without <c>\\.\pipe\</c>.</param>
    /// <param name="workingDirectory">What a relative path refers to.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="ListenException">It is not possible.</exception>
    public static async Task<ConnectionListener> OpenAsync(string address, string workingDirectory, CancellationToken cancellation) => OperatingSystem.IsWindows()
        ? NamedPipeListener.Open(address)
        : await UnixSocketListener.OpenAsync(Path.GetFullPath(address, workingDirectory), cancellation).ConfigureAwait(false);

    /// <summary>The next client; null when <paramref name="stop"/> is cancelled.</summary>
    public abstract Task<RpcTransport?> AcceptAsync(CancellationToken stop);

    public abstract ValueTask DisposeAsync();
}
