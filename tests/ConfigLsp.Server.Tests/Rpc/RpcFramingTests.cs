using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Tests.Rpc;

public sealed class RpcFramingTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    [Theory]
    [InlineData("Content-Length: {0}\r\n\r\n")]
    [InlineData("content-length:{0}\r\n\r\n")]
    [InlineData("CONTENT-LENGTH :  {0} \r\n\r\n")]
    [InlineData("Content-Length: {0}\n\n")]
    [InlineData("Content-Length: 000{0}\r\n\r\n")]
    [InlineData("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: {0}\r\n\r\n")]
    [InlineData("Content-Length: {0}\r\nX-Other: a:b\r\nX-Empty:\r\n\r\n")]
    [InlineData("\uFEFFContent-Length: {0}\r\n\r\n")]
    public async Task Headers_are_read_tolerantly(string header)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        await peer.SendRawAsync(header.Replace("{0}", Ping.Length.ToString(), StringComparison.Ordinal) + Ping);
        Assert.Contains("pong", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("Content-Length: +5\r\n\r\n")]
    [InlineData("Content-Length: 5.0\r\n\r\n")]
    [InlineData("Content-Length: 0x10\r\n\r\n")]
    [InlineData("Content-Length: 5 5\r\n\r\n")]
    [InlineData("Content-Length: \r\n\r\n")]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("Content-Type: x\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("{\"jsonrpc\":\"2.0\"}\n\n")]
    [InlineData(": 5\r\n\r\n")]
    [InlineData("garbage\r\n\r\n")]
    public async Task A_header_that_does_not_say_where_the_message_ends_closes_the_connection(string header)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        await peer.SendRawAsync(Encoding.UTF8.GetString(RpcPeer.Framed(Ping)) + header + "12345");
        Assert.Contains("pong", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.StartsWith("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700""", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Null(await peer.TryReceiveAsync());
        Assert.Equal(RpcCloseReason.FramingLost, (await peer.Closed).Reason);
    }

    [Theory]
    [InlineData(8 * 1024 + 100, 1, true, "line is longer")]
    [InlineData(8 * 1024 + 100, 1, false, "line is longer")]
    [InlineData(1, 33, true, "more than 32 lines")]
    [InlineData(4000, 10, true, "A header is longer")]
    public async Task A_header_is_bounded(int valueLength, int lines, bool ended, string detail)
    {
        string header = string.Concat(Enumerable.Repeat($"X: {new string('v', valueLength)}\r\n", lines));
        await using var peer = new RpcPeer(TestHandlers.Create());
        await peer.SendRawAsync(ended ? header : header.TrimEnd());
        Assert.Equal(RpcCloseReason.FramingLost, (await peer.Closed).Reason);
        Assert.Contains(detail, (await peer.Closed).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_arrive_whatever_the_pieces_they_come_in()
    {
        byte[] stream = [.. RpcPeer.Framed("""{"jsonrpc":"2.0","id":"é","method":"text","params":["a😀b"]}"""), .. RpcPeer.Framed(Ping)];
        for (int piece = 1; piece <= 9; piece++)
        {
            await using var peer = new RpcPeer(TestHandlers.Create());
            foreach (byte[] part in stream.Chunk(piece))
            {
                await peer.SendRawAsync(part);
                await Task.Yield();
            }

            Assert.Equal("""{"jsonrpc":"2.0","id":"é","result":"a\uD83D\uDE00b"}""", await peer.ReceiveAsync());
            Assert.Contains("pong", await peer.ReceiveAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("Content-Le", true)]
    [InlineData("Content-Length: 10\r\n\r\n", true)]
    [InlineData("Content-Length: 10\r\n\r\n{\"a\"", true)]
    [InlineData("Content-Length: 99999999\r\n\r\n{\"a\"", true)]
    public async Task The_end_of_the_input_ends_the_connection_after_what_came_before_it(string rest, bool truncated)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        await peer.SendRawAsync(Encoding.UTF8.GetString(RpcPeer.Framed(Ping)) + rest);
        Assert.Contains("pong", Assert.Single(await peer.FinishAsync()), StringComparison.Ordinal);
        Assert.Equal(truncated ? RpcCloseReason.TruncatedInput : RpcCloseReason.EndOfInput, (await peer.Closed).Reason);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"text","params":["{0}"]}""", "7")]
    [InlineData("""{"id":"seven","params":["{0}"],"method":"text"}""", "\"seven\"")]
    [InlineData("""{"a":{"id":3},"id":4,"params":["{0}"]}""", "4")]
    public async Task An_oversized_message_is_drained_and_answered_with_its_id(string message, string id)
    {
        await using var peer = new RpcPeer(TestHandlers.Create(), RpcLimits.Default with { MessageBytes = 10_000 });
        await peer.SendAsync(message.Replace("{0}", new string('x', 100_000), StringComparison.Ordinal));
        string reply = await peer.ReceiveAsync();
        Assert.StartsWith($$"""{"jsonrpc":"2.0","id":{{id}},"error":{"code":-32600""", reply, StringComparison.Ordinal);
        Assert.Contains("10000", reply, StringComparison.Ordinal);
        Assert.Contains("pong", await peer.AskAsync(Ping), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"text","params":["{0}"]}""")]
    [InlineData("""{"params":["{0}"],"method":"note"}""")]
    [InlineData("""{"params":["{0}"],"id":1}""")]
    [InlineData("[{0}]")]
    [InlineData("{0}")]
    public async Task An_oversized_message_that_nobody_can_be_told_about_closes_the_connection(string message)
    {
        await using var peer = new RpcPeer(TestHandlers.Create(), RpcLimits.Default with { MessageBytes = 10_000 });
        await peer.SendAsync(message.Replace("{0}", new string('1', 100_000), StringComparison.Ordinal));
        Assert.Contains("\"id\":null", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(RpcCloseReason.OversizedMessage, (await peer.Closed).Reason);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"note","params":["{0}"]}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"unknown","params":["{0}"]}""")]
    public async Task An_oversized_notification_is_drained_logged_and_ignored(string message)
    {
        var warnings = new ConcurrentQueue<string>();
        await using var peer = new RpcPeer(TestHandlers.Create(), RpcLimits.Default with { MessageBytes = 10_000 }, new RpcLog(warnings.Enqueue, (_, _, _) => { }));
        await peer.SendAsync(message.Replace("{0}", new string('1', 100_000), StringComparison.Ordinal));
        Assert.Contains("pong", await peer.AskAsync(Ping), StringComparison.Ordinal);
        Assert.Contains("above the limit of 10000", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"method":"m","params":{"a":{"b":"c","d":1,"e":"xxx""", """{"a":{"b":"c","d":1}}""")]
    [InlineData("""{"method":"m","params":{"a":[1,{"b":tru""", """{"a":[1,{}]}""")]
    [InlineData("""{"method":"m","params":{"a":{"b":[]},"c""", """{"a":{"b":[]}}""")]
    [InlineData("""{"method":"m","params":[{},1],"x":"y""", "[{},1]")]
    [InlineData("""{"method":"m","params":{""", "{}")]
    [InlineData("""{"method":"m","params":"xx""", "")]
    public void What_is_complete_of_oversized_parameters_is_read(string prefix, string expected)
    {
        OversizedPrefix read = OversizedPrefix.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(prefix)), depth: 64);
        Assert.Equal("m", read.Method);
        Assert.Equal(expected, Encoding.UTF8.GetString(read.Params.Span));
    }

    [Fact]
    public async Task The_full_size_is_accepted()
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        const string Head = """{"jsonrpc":"2.0","id":1,"method":"ping","params":[""";
        string message = Head + new string(' ', RpcLimits.Default.MessageBytes - Head.Length - 2) + "]}";
        Assert.Contains("pong", await peer.AskAsync(message), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exit_ends_the_connection_after_what_came_before_and_nothing_after()
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        await peer.SendAsync(Ping);
        await peer.SendAsync("""{"jsonrpc":"2.0","method":"exit","params":[]}""");
        await peer.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"ping"}""");
        Assert.Contains("\"id\":1", Assert.Single(await peer.FinishAsync()), StringComparison.Ordinal);
        Assert.Equal(RpcCloseReason.Exit, (await peer.Closed).Reason);
    }

    [Fact]
    public async Task A_client_that_closes_its_end_ends_the_connection()
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        await peer.Output.CompleteAsync();
        await peer.SendAsync(Ping);
        Assert.Equal(RpcCloseReason.OutputClosed, (await peer.Closed).Reason);
        await peer.Connection.NotifyAsync("late", new NoParams(), RpcJsonContext.Default.NoParams);
    }

    [Fact]
    public void UTF8_is_checked_across_segments()
    {
        byte[] text = Encoding.UTF8.GetBytes("aé€😀z");
        for (int first = 0; first <= text.Length; first++)
        {
            for (int second = first; second <= text.Length; second++)
            {
                Assert.True(Utf8Sequence.IsValid(Segments.Of(text[..first], text[first..second], text[second..])));
                byte[] broken = [.. text[..second], 0xC0, .. text[second..]];
                Assert.False(Utf8Sequence.IsValid(Segments.Of(broken[..first], broken[first..second], broken[second..])));
            }
        }

        for (int length = 0; length < text.Length; length++)
        {
            bool whole = Encoding.UTF8.GetString(text[..length]).IndexOf('\uFFFD') < 0;
            Assert.Equal(whole, Utf8Sequence.IsValid(Segments.Of(text[..(length / 2)], text[(length / 2)..length])));
        }
    }
}
