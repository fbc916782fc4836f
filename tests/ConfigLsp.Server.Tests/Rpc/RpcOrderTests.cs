using System.Text.Json;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Tests.Rpc;

public sealed class RpcOrderTests
{
    private static readonly RpcTestJson Json = RpcTestJson.Default;

    [Fact]
    public async Task A_concurrent_read_sees_the_state_of_its_place_among_the_changes()
    {
        var random = new Random(20_261);
        var handlers = new RpcHandlers();
        int state = 0;
        handlers.OnNotification("change", Json.Named, async (change, _) =>
        {
            // A torn or overtaken change would show in the number that the reads capture.
            int before = state;
            await Task.Yield();
            state = before + change.Count;
        });
        handlers.OnConcurrentRequest("read", Json.Named, Json.String, _ => state, async (seen, expected, _) =>
        {
            await Task.Yield();
            return $"{expected.Count}={seen}";
        });
        await using var peer = new RpcPeer(handlers, RpcLimits.Default with { RequestsInFlight = 2000 });
        int sum = 0;
        int reads = 0;
        for (int i = 0; i < 2000; i++)
        {
            if (random.Next(2) == 0)
            {
                int count = random.Next(10);
                sum += count;
                await peer.SendAsync($$"""{"jsonrpc":"2.0","method":"change","params":{"count":{{count}} } }""");
            }
            else
            {
                reads++;
                await peer.SendAsync($$"""{"jsonrpc":"2.0","id":{{i}},"method":"read","params":{"count":{{sum}} } }""");
            }
        }

        for (int i = 0; i < reads; i++)
        {
            string[] sides = (await peer.ReceiveJsonAsync()).GetProperty("result").GetString()!.Split('=');
            Assert.Equal(sides[0], sides[1]);
        }
    }

    [Fact]
    public async Task A_read_does_not_hold_up_what_comes_after_it()
    {
        var release = new TaskCompletionSource();
        RpcHandlers handlers = TestHandlers.Create();
        handlers.OnConcurrentRequest("slow", Json.Named, Json.String, _ => 0, async (_, _, _) =>
        {
            await release.Task;
            return "slow";
        });
        await using var peer = new RpcPeer(handlers);
        await peer.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"slow"}""");
        Assert.Contains("pong", await peer.AskAsync("""{"jsonrpc":"2.0","id":2,"method":"ping"}"""), StringComparison.Ordinal);
        release.SetResult();
        Assert.Contains("slow", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_holds_up_what_comes_after_it()
    {
        var release = new TaskCompletionSource();
        bool changed = false;
        RpcHandlers handlers = TestHandlers.Create();
        handlers.OnRequest("change", Json.Named, Json.String, async (_, _) =>
        {
            await release.Task;
            changed = true;
            return "changed";
        });
        handlers.OnConcurrentRequest("seen", Json.Named, Json.String, _ => changed, (seen, _, _) => ValueTask.FromResult(seen.ToString()));
        await using var peer = new RpcPeer(handlers);
        await peer.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"change"}""");
        await peer.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"seen"}""");
        release.SetResult();
        Assert.Contains("changed", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Contains("True", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_may_be_open_only_once()
    {
        var release = new TaskCompletionSource();
        RpcHandlers handlers = TestHandlers.Create();
        handlers.OnRequest("wait", Json.Named, Json.String, async (_, _) =>
        {
            await release.Task;
            return "first";
        });
        await using var peer = new RpcPeer(handlers);
        await peer.SendAsync("""{"jsonrpc":"2.0","id":"a","method":"wait"}""");
        Assert.Contains("-32600", await peer.AskAsync("""{"jsonrpc":"2.0","id":"\u0061","method":"ping"}"""), StringComparison.Ordinal);
        release.SetResult();
        Assert.Contains("first", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Contains("pong", await peer.AskAsync("""{"jsonrpc":"2.0","id":"a","method":"ping"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_beyond_the_limit_are_told_to_come_again()
    {
        var release = new TaskCompletionSource();
        RpcHandlers handlers = TestHandlers.Create();
        handlers.OnConcurrentRequest("wait", Json.Named, Json.String, _ => 0, async (_, _, _) =>
        {
            await release.Task;
            return "done";
        });
        await using var peer = new RpcPeer(handlers);
        int limit = RpcLimits.Default.RequestsInFlight;
        for (int id = 0; id < limit; id++)
            await peer.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"wait"}""");
        JsonElement refused = JsonElement.Parse(await peer.AskAsync($$"""{"jsonrpc":"2.0","id":{{limit}},"method":"ping"}"""));
        Assert.Equal(limit, refused.GetProperty("id").GetInt32());
        Assert.Equal(RpcErrorCodes.Overloaded, refused.GetProperty("error").GetProperty("code").GetInt32());
        Assert.True(refused.GetProperty("error").GetProperty("data").GetProperty("retryable").GetBoolean());
        release.SetResult();
        var answered = new HashSet<int>();
        for (int i = 0; i < limit; i++)
            Assert.True(answered.Add((await peer.ReceiveJsonAsync()).GetProperty("id").GetInt32()));
        Assert.Contains("pong", await peer.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_notifications_stops_the_reading_until_they_are_done()
    {
        var release = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        RpcHandlers handlers = TestHandlers.Create();
        handlers.OnNotification("hold", Json.Named, async (_, _) =>
        {
            entered.SetResult();
            await release.Task;
        });
        var limits = RpcLimits.Default with { BytesInFlight = 100_000 };
        await using var peer = new RpcPeer(handlers, limits);
        await peer.SendAsync("""{"jsonrpc":"2.0","method":"hold"}""");
        await entered.Task;
        string note = $$"""{"jsonrpc":"2.0","method":"note","params":{"name":"{{new string('n', 1000)}}"} }""";
        for (int i = 0; i < 1000; i++)
            await peer.SendAsync(note);
        Task<string> ping = peer.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");
        Assert.True(peer.Connection.BytesHeld.Incoming <= limits.BytesInFlight + 2000, $"{peer.Connection.BytesHeld}");
        release.SetResult();
        Assert.Contains("pong", await ping, StringComparison.Ordinal);
        Assert.True(peer.Connection.BytesHeld.Incoming < 2000);
    }
}
