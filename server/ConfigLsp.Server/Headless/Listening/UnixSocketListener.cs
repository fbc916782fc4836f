using System.Net.Sockets;
using System.Runtime.Versioning;
using ConfigLsp.Server.Rpc.Transports;

namespace ConfigLsp.Server.Headless.Listening;

/// <summary>A Unix domain socket that only the same user can open.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixSocketListener : ConnectionListener
{
    /// <summary>Clients that may wait for being accepted. A client beyond that is refused by the system without a reason, so it is above our own bound.</summary>
    private const int Backlog = 512;

    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(2);

    private readonly Socket _socket;

    private UnixSocketListener(Socket socket, string path)
    {
        _socket = socket;
        Address = path;
    }

    public override string Address { get; }

    /// <summary>Makes the socket, in place of one that a server left behind that lives no more.</summary>
    /// <param name="path">An absolute path whose folder exists.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="ListenException">A server listens there already, something else stands there, or the folder cannot be used.</exception>
    public static async Task<UnixSocketListener> OpenAsync(string path, CancellationToken cancellation)
    {
        string folder = Path.GetDirectoryName(path) ?? throw new ListenException($"Cannot listen at '{path}': it is no path of a file.");
        if (!Directory.Exists(folder))
            throw new ListenException($"Cannot listen at '{path}': the folder '{folder}' does not exist. Create it first, with rights for yourself only.");
        UnixDomainSocketEndPoint endPoint;
        try
        {
            endPoint = new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new ListenException($"Cannot listen at '{path}': the path of a socket has at most about 100 bytes. Choose a shorter one.", exception);
        }

        try
        {
            // Of two servers that start at the same time, one must not take the other's new socket for an old one.
            using UnixFolderLock held = await UnixFolderLock.AcquireAsync(folder, cancellation).ConfigureAwait(false);
            await RemoveAbandonedAsync(path, endPoint, cancellation).ConfigureAwait(false);
            return new UnixSocketListener(Bind(endPoint), path);
        }
        catch (Exception exception) when (exception is SocketException or UnauthorizedAccessException || (exception is IOException and not ListenException))
        {
            throw new ListenException($"Cannot listen at '{path}': {exception.Message}", exception);
        }
    }

    public override async Task<RpcTransport?> AcceptAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return new RpcTransport(new NetworkStream(await _socket.AcceptAsync(stop).ConfigureAwait(false), ownsSocket: true));
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (SocketException) when (!stop.IsCancellationRequested)
            {
                // The client went away again, or there are too many open files for the moment.
                await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    public override ValueTask DisposeAsync()
    {
        // Also removes the file.
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Socket Bind(UnixDomainSocketEndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // The file is made with these rights; setting them afterwards would leave a moment in which others could connect.
            using (UnixSocketFiles.RestrictNewFiles())
                socket.Bind(endPoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task RemoveAbandonedAsync(string path, UnixDomainSocketEndPoint endPoint, CancellationToken cancellation)
    {
        switch (UnixSocketFiles.Look(path))
        {
            case UnixPathKind.Nothing:
                return;
            case UnixPathKind.Other:
                throw new ListenException($"Cannot listen at '{path}': there is something that is not a socket. Choose another path, or remove it.");
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(ProbeTime);
        try
        {
            await probe.ConnectAsync(endPoint, patience.Token).ConfigureAwait(false);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }
        catch (SocketException) when (UnixSocketFiles.Look(path) == UnixPathKind.Nothing)
        {
            // Its server removed it just now.
            return;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Somebody is there who does not answer.
        }

        throw new ListenException($"Cannot listen at '{path}': another server listens there. Use that one, end it, or choose another path.");
    }
}
