using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Tests.Rpc;

public sealed class RpcCancellationTests
{
    private static readonly RpcTestJson Json = RpcTestJson.Default;

    [Theory]
    [InlineData("5", """{"id":5}""")]
    [InlineData("5", """[{"id":5}]""")]
    [InlineData("\"five\"", """{"id":"five"}""")]
    [InlineData("\"five\"", """{"other":[{}],"id":"fiv\u0065"}""")]
    public async Task A_request_that_waits_in_the_queue_is_answered_at_once(string id, string parameters)
    {
        var release = new TaskCompletionSource();
        bool ran = false;
        RpcHandlers handlers = Blocking(release.Task);
        handlers.OnRequest("later", Json.Named, Json.String, (_, _) =>
        {
            ran = true;
            return ValueTask.FromResult("ran");
        });
        await using var peer = new RpcPeer(handlers);
        await peer.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"block"}""");
        await peer.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"later"}""");
        Assert.StartsWith(
            $$"""{"jsonrpc":"2.0","id":{{id}},"error":{"code":-32800""",
            await peer.AskAsync($$"""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{{parameters}}}"""),
            StringComparison.Ordinal);
        release.SetResult();
        Assert.Contains("\"id\":1,", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Contains("pong", await peer.AskAsync("""{"jsonrpc":"2.0","id":9,"method":"ping"}"""), StringComparison.Ordinal);
        Assert.False(ran);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_running_request_decides_whether_it_still_gives_its_result(bool ordered, bool obeys)
    {
        var started = new TaskCompletionSource();
        async ValueTask<string> Run(CancellationToken cancellation)
        {
            var cancelled = new TaskCompletionSource();
            await using CancellationTokenRegistration _ = cancellation.Register(cancelled.SetResult);
            started.SetResult();
            await cancelled.Task;
            if (obeys)
                cancellation.ThrowIfCancellationRequested();
            return "anyway";
        }

        RpcHandlers handlers = TestHandlers.Create();
        if (ordered)
            handlers.OnRequest("run", Json.Named, Json.String, (_, cancellation) => Run(cancellation));
        else
            handlers.OnConcurrentRequest("run", Json.Named, Json.String, _ => 0, (_, _, cancellation) => Run(cancellation));
        await using var peer = new RpcPeer(handlers);
        await peer.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"run"}""");
        await started.Task;
        string reply = await peer.AskAsync("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}""");
        Assert.Contains(obeys ? "-32800" : "anyway", reply, StringComparison.Ordinal);
        Assert.Contains("pong", await peer.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":[]}""")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("null")]
    public async Task Cancelling_what_is_not_open_is_ignored(string parameters)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        Assert.Contains("pong", await peer.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}"""), StringComparison.Ordinal);
        await peer.SendAsync($$"""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{{parameters}}}""");
        Assert.Contains("pong", await peer.AskAsync("""{"jsonrpc":"2.0","id":2,"method":"ping"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_gives_up_by_itself_has_failed()
    {
        RpcHandlers handlers = TestHandlers.Create();
        handlers.OnRequest<Named, string>("giveUp", Json.Named, Json.String, (_, _) => throw new TaskCanceledException());
        await using var peer = new RpcPeer(handlers);
        Assert.Contains("-32603", await peer.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"giveUp"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_that_outlive_the_connection_are_answered_with_shutting_down()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        RpcHandlers handlers = Blocking(release.Task);
        handlers.OnConcurrentRequest("obey", Json.Named, Json.String, _ => 0, async (_, _, cancellation) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return "never";
        });
        var limits = RpcLimits.Default with { DrainTime = TimeSpan.FromMilliseconds(20), CancelTime = TimeSpan.FromSeconds(2) };
        await using var peer = new RpcPeer(handlers, limits);
        await peer.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"obey"}""");
        await peer.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"block"}""");
        await peer.SendAsync("""{"jsonrpc":"2.0","id":3,"method":"ping"}""");
        await started.Task;
        List<string> replies = await peer.FinishAsync();
        Assert.Equal(3, replies.Count);
        Assert.All(replies, reply => Assert.Contains("-33040", reply, StringComparison.Ordinal));
        release.SetResult();
    }

    [Fact]
    public async Task Accepted_requests_are_finished_when_the_server_stops()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        RpcHandlers handlers = TestHandlers.Create();
        handlers.OnRequest("write", Json.Named, Json.String, async (_, _) =>
        {
            entered.SetResult();
            await release.Task;
            return "written";
        });
        await using var peer = new RpcPeer(handlers);
        await peer.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"write"}""");
        await entered.Task;
        peer.Stop();
        release.SetResult();
        Assert.Contains("written", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Null(await peer.TryReceiveAsync());
        Assert.Equal(RpcCloseReason.Stopped, (await peer.Closed).Reason);
    }

    private static RpcHandlers Blocking(Task release)
    {
        RpcHandlers handlers = TestHandlers.Create();
        handlers.OnRequest("block", Json.Named, Json.String, async (_, _) =>
        {
            await release;
            return "released";
        });
        return handlers;
    }
}
