using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Tests.Rpc;

public sealed class RpcServerRequestTests
{
    private static readonly RpcTestJson Json = RpcTestJson.Default;

    [Fact]
    public async Task The_client_is_asked_and_its_answer_read()
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        Task<Named> asked = Ask(peer);
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"method":"ask","params":{"name":"q","count":1}}""", await peer.ReceiveAsync());
        await peer.SendAsync("""{"jsonrpc":"2.0","id":1,"result":{"name":"a","count":2}}""");
        Assert.Equal(new Named("a", 2), await asked);
    }

    [Fact]
    public async Task An_error_of_the_client_is_thrown()
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        Task<Named> asked = Ask(peer);
        await peer.ReceiveAsync();
        await peer.SendAsync("""{"jsonrpc":"2.0","id":1,"result":null,"error":{"code":-32803,"message":"no","data":[1]}}""");
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => asked);
        Assert.Equal((-32803, "no", "[1]"), (exception.Error.Code, exception.Error.Message, exception.Error.Data?.GetRawText()));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"count":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":"no"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{}}""")]
    public async Task An_answer_that_cannot_be_read_is_an_error(string answer)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        Task<Named> asked = Ask(peer);
        await peer.ReceiveAsync();
        await peer.SendAsync(answer);
        await Assert.ThrowsAsync<RpcException>(() => asked);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("\"1\"")]
    [InlineData("1.0")]
    public async Task A_response_to_nothing_is_ignored_and_counted(string id)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        Task<Named> asked = Ask(peer);
        await peer.ReceiveAsync();
        await peer.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"result":{"count":9} }""");
        await peer.SendAsync("""{"jsonrpc":"2.0","id":1,"result":{"count":2}}""");
        await peer.SendAsync("""{"jsonrpc":"2.0","id":1,"result":{"count":3}}""");
        Assert.Equal(2, (await asked).Count);
        Assert.Contains("pong", await peer.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}"""), StringComparison.Ordinal);
        Assert.Equal(2, peer.Connection.Statistics.UnmatchedResponses);
    }

    [Fact]
    public async Task Cancelling_tells_the_client_and_ignores_its_late_answer()
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        using var cancellation = new CancellationTokenSource();
        Task<Named> asked = Ask(peer, cancellation.Token);
        await peer.ReceiveAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.Equal("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}""", await peer.ReceiveAsync());
        await peer.SendAsync("""{"jsonrpc":"2.0","id":1,"error":{"code":-32800,"message":"cancelled"}}""");
        Assert.Contains("pong", await peer.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}"""), StringComparison.Ordinal);
        Assert.Equal(1, peer.Connection.Statistics.UnmatchedResponses);
    }

    [Fact]
    public async Task The_end_of_the_connection_ends_the_wait()
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        Task<Named> asked = Ask(peer);
        await peer.ReceiveAsync();
        peer.EndInput();
        await Assert.ThrowsAsync<RpcConnectionClosedException>(() => asked);
        await peer.Closed;
        await Assert.ThrowsAsync<RpcConnectionClosedException>(() => Ask(peer));
    }

    private static readonly string KilobyteNote = $$"""{"jsonrpc":"2.0","method":"note","params":{"name":"{{new string('n', 1000)}}"} }""";

    /// <summary>A connection that buffers 10 KB, in which a change holds the queue and waits for the client's answer to its question.</summary>
    private static async Task<RpcPeer> StartChangeThatAsksAsync()
    {
        RpcPeer? peer = null;
        RpcHandlers handlers = TestHandlers.Create();
        handlers.OnRequest("change", Json.Named, Json.String, async (_, cancellation) => (await Ask(peer!, cancellation)).Name!);
        peer = new RpcPeer(handlers, RpcLimits.Default with { BytesInFlight = 10_000 });
        await peer.SendAsync("""{"jsonrpc":"2.0","id":"c","method":"change"}""");
        await peer.ReceiveAsync();
        return peer;
    }

    [Fact]
    public async Task A_change_may_ask_the_client_while_it_holds_the_queue()
    {
        await using RpcPeer peer = await StartChangeThatAsksAsync();
        // More than is buffered otherwise: only reading on can bring the answer.
        for (int i = 0; i < 15; i++)
            await peer.SendAsync(KilobyteNote);
        Assert.Contains("applied", await peer.AskAsync("""{"jsonrpc":"2.0","id":1,"result":{"name":"applied"}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_floods_instead_of_answering_is_cut_off()
    {
        await using RpcPeer peer = await StartChangeThatAsksAsync();
        for (int i = 0; i < 100; i++)
            await peer.SendAsync(KilobyteNote);
        Assert.Equal(RpcCloseReason.InputOverrun, (await peer.Closed).Reason);
        Assert.Contains("-33040", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_oversized_answer_fails_the_request_it_answers()
    {
        await using var peer = new RpcPeer(TestHandlers.Create(), RpcLimits.Default with { MessageBytes = 10_000 });
        Task<Named> asked = Ask(peer);
        await peer.ReceiveAsync();
        await peer.SendAsync($$"""{"jsonrpc":"2.0","id":1,"result":{"name":"{{new string('x', 20_000)}}"} }""");
        await Assert.ThrowsAsync<RpcException>(() => asked);
        Assert.Contains("pong", await peer.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_to_a_client_that_does_not_read_can_be_cancelled()
    {
        await using var peer = new RpcPeer(TestHandlers.Create(), RpcLimits.Default with { OutgoingBytes = 2000 }, clientBuffer: 1000);
        await peer.Connection.NotifyAsync("n", new Named(new string('p', 3000), 0), Json.Named);
        using var cancellation = new CancellationTokenSource();
        Task<Named> asked = Ask(peer, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task Notifications_arrive_in_the_order_they_are_sent_and_without_params_when_there_are_none()
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        await peer.Connection.NotifyAsync("bare", new NoParams(), RpcJsonContext.Default.NoParams);
        Assert.Equal("""{"jsonrpc":"2.0","method":"bare"}""", await peer.ReceiveAsync());
        for (int i = 0; i < 1000; i++)
            await peer.Connection.NotifyAsync("n", new Named(null, i), Json.Named);
        for (int i = 0; i < 1000; i++)
            Assert.Equal(i, (await peer.ReceiveJsonAsync()).GetProperty("params").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_client_that_does_not_read_makes_senders_wait_and_memory_stays_bounded()
    {
        var limits = RpcLimits.Default with { OutgoingBytes = 50_000 };
        await using var peer = new RpcPeer(TestHandlers.Create(), limits, clientBuffer: 4096);
        var payload = new Named(new string('p', 1000), 0);
        int sent = 0;
        async Task Flood()
        {
            for (int i = 0; i < 1000; i++)
            {
                await peer.Connection.NotifyAsync("n", payload with { Count = i }, Json.Named);
                Interlocked.Increment(ref sent);
            }
        }

        Task[] floods = [Flood(), Flood(), Flood()];
        // Each flood runs synchronously until it has to wait, so all three wait now.
        Assert.All(floods, flood => Assert.False(flood.IsCompleted));
        Assert.True(peer.Connection.BytesHeld.Outgoing <= limits.OutgoingBytes + 4 * 1100, $"{peer.Connection.BytesHeld}");
        for (int i = 0; i < 3000; i++)
        {
            Assert.Equal("n", (await peer.ReceiveJsonAsync()).GetProperty("method").GetString());
            Assert.True(peer.Connection.BytesHeld.Outgoing <= limits.OutgoingBytes + 4 * 1100);
        }

        await Task.WhenAll(floods);
        Assert.Equal(3000, sent);
    }

    [Theory]
    [InlineData("text", true)]
    [InlineData("text", false)]
    [InlineData("unknown", false)]
    [InlineData("read", false)]
    public async Task A_client_that_does_not_read_does_not_keep_the_connection_open(string method, bool end)
    {
        var limits = RpcLimits.Default with { OutgoingBytes = 2000, DrainTime = TimeSpan.FromMilliseconds(20), CancelTime = TimeSpan.FromMilliseconds(20) };
        await using var peer = new RpcPeer(TestHandlers.Create(), limits, clientBuffer: 4096);
        for (int id = 0; id < 200; id++)
            await peer.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":[{"name":"{{new string('x', 1000)}}"}]}""");
        if (end)
            peer.EndInput();
        peer.Stop();
        Assert.True((await peer.Closed).Reason is RpcCloseReason.EndOfInput or RpcCloseReason.Stopped);
    }

    private static Task<Named> Ask(RpcPeer peer, CancellationToken cancellation = default) =>
        peer.Connection.RequestAsync("ask", new Named("q", 1), Json.Named, Json.Named, cancellation);
}
