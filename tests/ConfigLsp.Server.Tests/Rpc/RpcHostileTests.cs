using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Tests.Rpc;

public sealed class RpcHostileTests
{
    private const int Seed = 33_023;
    private const string Ping = """{"jsonrpc":"2.0","id":"the ping","method":"ping"}""";

    [Fact]
    public async Task After_ten_thousand_malformed_frames_a_ping_still_answers_and_nothing_is_held()
    {
        int frames = int.TryParse(Environment.GetEnvironmentVariable("CONFIGLSP_HOSTILE_FRAMES"), out int count) ? count : 10_000;
        var hostile = new HostileFrames(Seed);
        int warnings = 0;
        var log = RpcLog.None with { Warning = _ => Interlocked.Increment(ref warnings) };
        await using var peer = new RpcPeer(TestHandlers.Create(), RpcLimits.Default with { MessageBytes = 65_536 }, log);

        int answers = 0;
        int pings = 1;
        Task<string?> pong = Task.Run(async () =>
        {
            while (true)
            {
                JsonElement message = await peer.ReceiveJsonAsync();
                if (message.GetProperty("id").ToString() == "the ping")
                {
                    if (message.TryGetProperty("result", out JsonElement result))
                        return result.GetString();
                    // The flood may still fill all places; a client is told to come again.
                    Assert.Equal(RpcErrorCodes.Overloaded, message.GetProperty("error").GetProperty("code").GetInt32());
                    pings++;
                    await peer.SendAsync(Ping);
                    continue;
                }

                answers++;
                Assert.True(message.TryGetProperty("error", out _) != message.TryGetProperty("result", out _));
            }
        });
        long held = 0;
        for (int i = 0; i < frames; i++)
        {
            await peer.SendRawAsync(hostile.Next());
            held = Math.Max(held, peer.Connection.BytesHeld.Incoming);
        }

        await peer.SendAsync(Ping);
        Assert.Equal("pong", await pong);
        Assert.False(peer.Closed.IsCompleted);
        Assert.Equal(frames + pings, peer.Connection.Statistics.Messages);
        Assert.True(answers > frames / 2, $"{answers} answers to {frames} frames");
        Assert.True(held < 256 * 70_000, $"{held} bytes were held");
        Assert.InRange(warnings, 20, 20 + (frames / 1000));
        Assert.Equal((0, 0), await IdleAsync(peer));
    }

    [Fact]
    public async Task Random_bytes_end_the_connection_or_are_survived_but_never_crash_it()
    {
        var random = new Random(Seed);
        for (int i = 0; i < 500; i++)
        {
            await using var peer = new RpcPeer(TestHandlers.Create());
            byte[] noise = RpcPeer.Framed("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");
            for (int change = random.Next(4); change >= 0; change--)
                noise[random.Next(noise.Length)] = (byte)random.Next(256);
            await peer.SendRawAsync(noise);
            Assert.True((await peer.FinishAsync()).Count <= 1);
            Assert.NotEqual(RpcCloseReason.OutputClosed, (await peer.Closed).Reason);
        }
    }

    [Fact]
    public async Task Every_request_is_answered_exactly_once_whatever_interleaves()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var handlers = TestHandlers.Create();
            RpcTestJson json = RpcTestJson.Default;
            handlers.OnRequest("ordered", json.Named, json.String, (named, cancellation) => Work(named, cancellation));
            handlers.OnConcurrentRequest("concurrent", json.Named, json.String, _ => 0, (_, named, cancellation) => Work(named, cancellation));
            await using var peer = new RpcPeer(handlers, RpcLimits.Default with { RequestsInFlight = 40, OutgoingBytes = 2000 }, clientBuffer: 1000);
            var random = new Random(seed);
            var sent = new HashSet<int>();
            Task<List<int>> received = Task.Run(async () =>
            {
                var ids = new List<int>();
                while (await peer.TryReceiveAsync() is { } message)
                    ids.Add(JsonElement.Parse(message).GetProperty("id").GetInt32());
                return ids;
            });
            for (int id = 0; id < 300; id++)
            {
                string method = random.Next(5) switch { 0 => "ordered", 1 => "unknown", 2 => "throw", 3 => "strict", _ => "concurrent" };
                sent.Add(id);
                await peer.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{"count":{{random.Next(6)}} } }""");
                if (random.Next(3) == 0)
                    await peer.SendAsync($$"""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":{{id - random.Next(8)}} } }""");
                if (random.Next(20) == 0)
                    await Task.Yield();
            }

            peer.EndInput();
            List<int> answered = await received;
            Assert.Equal(sent.Order(), answered.Order());
            Assert.Equal(RpcCloseReason.EndOfInput, (await peer.Closed).Reason);
        }
    }

    [Fact]
    public async Task Of_all_who_want_to_answer_a_request_the_first_one_does()
    {
        var random = new Random(Seed);
        for (int round = 0; round < 400; round++)
        {
            var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
            var writer = new FrameWriter(pipe.Writer, RpcLimits.Default);
            var replies = new RequestReplies(TestHandlers.Create(), RpcLimits.Default, RpcLog.None, new RpcStatistics(), writer);
            var request = new RefusedRequest("m", new RequestId(1), new RpcError(RpcErrorCodes.MethodNotFound, "unknown"), replies);
            Assert.True(replies.TryOpen(request));
            // The end of the connection, a cancellation and the handler itself may come in any order, or at the same time.
            Func<Task>[] answers =
            [
                replies.StopAsync,
                replies.AbandonAsync,
                async () => await replies.CancelAsync(request.Id),
                async () => await request.RunAsync(),
                async () => await replies.ResultAsync(request, "late", RpcTestJson.Default.String),
                async () => await replies.FailAsync(request, new InvalidDataException("late")),
            ];
            random.Shuffle(answers);
            if (round % 2 == 0)
                await Task.WhenAll(answers.Select(Task.Run));
            else
                foreach (Func<Task> answer in answers)
                    await answer();

            Task writing = writer.RunAsync();
            Assert.True(await writer.CompleteAsync(writing, Timeout.InfiniteTimeSpan, TimeProvider.System));
            await pipe.Writer.CompleteAsync();
            ReadResult read = await pipe.Reader.ReadAtLeastAsync(int.MaxValue);
            Assert.Equal(2, Encoding.UTF8.GetString(read.Buffer).Split("Content-Length").Length);
        }
    }

    private static async ValueTask<string> Work(Named named, CancellationToken cancellation)
    {
        for (int i = 0; i < named.Count; i++)
            await Task.Yield();
        if (named.Count % 2 == 0)
            cancellation.ThrowIfCancellationRequested();
        return named.Count == 5 ? throw new InvalidDataException("five") : "done";
    }

    /// <summary>What is held once the answer to a last request has released its own share too.</summary>
    private static async Task<(long Incoming, long Outgoing)> IdleAsync(RpcPeer peer)
    {
        await peer.FinishAsync();
        return peer.Connection.BytesHeld;
    }
}
