using System.Net.Sockets;
using System.Runtime.Versioning;
using ConfigLsp.Server.Headless.Listening;
using ConfigLsp.Server.Rpc.Transports;
using ConfigLsp.Testing.Files;

namespace ConfigLsp.Server.Tests.Headless;

[UnsupportedOSPlatform("windows")]
public sealed class UnixSocketListenerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string SocketPath => _folder["s"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_socket_is_for_its_user_alone_and_gone_at_the_end()
    {
        await using (UnixSocketListener listener = await OpenAsync())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketPath));
            using Socket client = await ConnectAsync();
            RpcTransport? accepted = await listener.AcceptAsync(CancellationToken.None);
            await accepted!.DisposeAsync();
        }

        Assert.False(File.Exists(SocketPath));
        // The rights of other new files are as before.
        _folder.Write("other", string.Empty);
        Assert.NotEqual(UnixFileMode.None, File.GetUnixFileMode(_folder["other"]) & UnixFileMode.GroupRead);
    }

    [Fact]
    public async Task The_socket_of_a_dead_server_is_replaced()
    {
        // Bound and never listened at: what a killed server leaves behind.
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(SocketPath));
            await using UnixSocketListener listener = await OpenAsync();
            using Socket client = await ConnectAsync();
            Assert.True(client.Connected);
        }
    }

    [Fact]
    public async Task The_socket_of_a_living_server_is_not_touched()
    {
        await using UnixSocketListener first = await OpenAsync();
        var refusal = await Assert.ThrowsAsync<ListenException>(OpenAsync);
        Assert.Contains("another server listens there", refusal.Message, StringComparison.Ordinal);
        using Socket client = await ConnectAsync();
        Assert.True(client.Connected);
    }

    [Fact]
    public async Task Of_servers_that_start_together_one_wins()
    {
        Task<UnixSocketListener?>[] starts = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(TryOpenAsync))];
        UnixSocketListener?[] listeners = await Task.WhenAll(starts);
        UnixSocketListener winner = Assert.Single(listeners, listener => listener is not null)!;
        using Socket client = await ConnectAsync();
        Assert.NotNull(await winner.AcceptAsync(CancellationToken.None));
        await winner.DisposeAsync();
    }

    [Theory]
    [InlineData("a file", "not a socket")]
    [InlineData("a folder", "not a socket")]
    [InlineData("a link to a file", "not a socket")]
    [InlineData("a link to nowhere", "not a socket")]
    [InlineData("no folder around it", "does not exist")]
    [InlineData("a path that is too long", "Choose a shorter one")]
    public async Task What_cannot_be_a_socket_is_refused_and_left_alone(string what, string reason)
    {
        string path = SocketPath;
        switch (what)
        {
            case "a file":
                _folder.Write("s", "precious");
                break;
            case "a folder":
                Directory.CreateDirectory(path);
                break;
            case "a link to a file":
                File.CreateSymbolicLink(path, _folder.Write("file", "precious"));
                break;
            case "a link to nowhere":
                File.CreateSymbolicLink(path, _folder["nowhere"]);
                break;
            case "no folder around it":
                path = _folder["missing/s"];
                break;
            default:
                path = _folder[new string('x', 120)];
                break;
        }

        string[] before = Directory.GetFileSystemEntries(_folder.Path);
        var refusal = await Assert.ThrowsAsync<ListenException>(() => UnixSocketListener.OpenAsync(path, CancellationToken.None));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path));
        if (what == "a file")
            Assert.Equal("precious", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task The_wait_for_clients_can_be_ended()
    {
        await using UnixSocketListener listener = await OpenAsync();
        using var stop = new CancellationTokenSource();
        Task<RpcTransport?> accepting = listener.AcceptAsync(stop.Token);
        await stop.CancelAsync();
        Assert.Null(await accepting);
    }

    private Task<UnixSocketListener> OpenAsync() => UnixSocketListener.OpenAsync(SocketPath, CancellationToken.None);

    private async Task<UnixSocketListener?> TryOpenAsync()
    {
        try
        {
            return await OpenAsync();
        }
        catch (ListenException)
        {
            return null;
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        return socket;
    }
}
