using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Server.Rpc.Transports;

namespace ConfigLsp.Server.Tests.Rpc;

public sealed class TransportTests
{
    [Fact]
    public async Task A_socket_is_connected_out_to_and_serves()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<Socket> accepted = listener.AcceptSocketAsync();
        await using RpcTransport transport = await SocketTransport.ConnectAsync(((IPEndPoint)listener.LocalEndpoint).Port, CancellationToken.None);
        using Socket client = await accepted;
        await PingAsync(client, transport);
    }

    [Fact]
    public async Task A_pipe_is_connected_out_to_and_serves()
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = Path.Combine(Path.GetTempPath(), $"configlsp-{Guid.NewGuid():N}.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        try
        {
            Task<Socket> accepted = listener.AcceptAsync();
            await using RpcTransport transport = await PipeTransport.ConnectAsync(path, CancellationToken.None);
            using Socket client = await accepted;
            await PingAsync(client, transport);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Where_nobody_listens_the_error_names_the_place()
    {
        string path = Path.Combine(Path.GetTempPath(), $"configlsp-{Guid.NewGuid():N}.sock");
        IOException exception = await Assert.ThrowsAsync<IOException>(() => PipeTransport.ConnectAsync(path, CancellationToken.None));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        exception = await Assert.ThrowsAsync<IOException>(() => SocketTransport.ConnectAsync(port, CancellationToken.None));
        Assert.Contains(port.ToString(), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blocking_stream_is_read_to_its_end()
    {
        byte[] data = new byte[1_000_000];
        new Random(1).NextBytes(data);
        PipeReader reader = BlockingStreamReader.Start(new MemoryStream(data), "test");
        var copy = new MemoryStream();
        await reader.CopyToAsync(copy);
        Assert.Equal(data, copy.ToArray());
    }

    [Fact]
    public async Task A_message_larger_than_the_buffer_of_the_pipe_is_read_from_a_blocking_stream()
    {
        string text = new('t', 5_000_000);
        byte[] stream = RpcPeer.Framed($$"""{"jsonrpc":"2.0","id":1,"method":"text","params":["{{text}}"]}""");
        var output = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var connection = new RpcConnection(BlockingStreamReader.Start(new MemoryStream(stream), "test"), output.Writer, TestHandlers.Create());
        Assert.Equal(RpcCloseReason.EndOfInput, (await connection.RunAsync()).Reason);
        ReadResult read = await output.Reader.ReadAsync();
        Assert.EndsWith($"\"result\":\"{text}\"}}", Encoding.UTF8.GetString(read.Buffer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blocking_stream_that_fails_ends_the_connection()
    {
        var failing = new FileStream(Path.Combine(AppContext.BaseDirectory, "ConfigLsp.Server.Tests.dll"), FileMode.Open, FileAccess.Read);
        await failing.DisposeAsync();
        PipeReader reader = BlockingStreamReader.Start(failing, "test");
        var connection = new RpcConnection(reader, new Pipe().Writer, TestHandlers.Create());
        Assert.Equal(RpcCloseReason.TruncatedInput, (await connection.RunAsync()).Reason);
    }

    [Fact]
    public async Task The_end_of_the_client_process_is_seen()
    {
        if (OperatingSystem.IsWindows())
            return;
        using Process process = Process.Start(new ProcessStartInfo("cat") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Task watch = ClientProcessWatch.WaitForExitAsync(process.Id, TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        Assert.False(watch.IsCompleted);
        process.StandardInput.Close();
        await watch;
    }

    [Fact]
    public async Task A_client_process_that_is_gone_already_is_seen_at_once_and_a_watch_can_be_cancelled()
    {
        await ClientProcessWatch.WaitForExitAsync(int.MaxValue, TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        Task watch = ClientProcessWatch.WaitForExitAsync(Environment.ProcessId, TimeSpan.FromHours(1), TimeProvider.System, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
    }

    [Theory]
    [InlineData("12 (name) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 777 20", 777UL)]
    [InlineData("12 (a ) b (c)) R 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 778 20", 778UL)]
    [InlineData("12 (name) Z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 777 20", null)]
    [InlineData("12 (name) S 1 2", null)]
    [InlineData("", null)]
    public void The_start_time_of_a_process_is_found_whatever_its_name(string stat, ulong? expected) => Assert.Equal(expected, ProcStat.Parse(stat));

    private static async Task PingAsync(Socket client, RpcTransport transport)
    {
        var connection = new RpcConnection(transport.Input, transport.Output, TestHandlers.Create());
        Task<RpcClose> closed = connection.RunAsync();
        await using var stream = new NetworkStream(client);
        await stream.WriteAsync(RpcPeer.Framed("""{"jsonrpc":"2.0","id":1,"method":"ping"}"""));
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal(RpcCloseReason.EndOfInput, (await closed).Reason);
        await transport.DisposeAsync();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Assert.EndsWith("\"pong\"}", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
