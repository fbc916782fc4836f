using System.Text;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Tests.Rpc;

public sealed class RpcMessageTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("-7", "-7")]
    [InlineData("-0", "-0")]
    [InlineData("1.50", "1.50")]
    [InlineData("1e2", "1e2")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"\\u0061\\/b\"", "\"\\u0061\\/b\"")]
    [InlineData("\"é\"", "\"é\"")]
    public async Task An_id_comes_back_as_it_was_spelled(string id, string echoed)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        Assert.Equal(
            $$"""{"jsonrpc":"2.0","id":{{echoed}},"result":"pong"}""",
            await peer.AskAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"ping"}"""));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("null")]
    public async Task A_result_of_nothing_is_an_explicit_null(string method)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":null}""", await peer.AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}"}"""));
    }

    [Theory]
    [InlineData("name", """, "params":{"name":"a","count":2}""", "\"a:2\"")]
    [InlineData("name", """, "params":[{"name":"a","count":2}]""", "\"a:2\"")]
    [InlineData("name", """, "params":[]""", "\"-:0\"")]
    [InlineData("name", """, "params":[null]""", "\"-:0\"")]
    [InlineData("name", """, "params":{}""", "\"-:0\"")]
    [InlineData("name", """, "params":null""", "\"-:0\"")]
    [InlineData("name", "", "\"-:0\"")]
    [InlineData("name", """, "params":{"name":"\u00e9\ud83d\ude00"}""", "\"é\\uD83D\\uDE00:0\"")]
    [InlineData("ping", """, "params":[]""", "\"pong\"")]
    [InlineData("ping", """, "params":{"ignored":[1]}""", "\"pong\"")]
    [InlineData("text", """, "params":"u" """, "\"u\"")]
    [InlineData("text", """, "params":["u"]""", "\"u\"")]
    [InlineData("texts", """, "params":["a","b"]""", "2")]
    [InlineData("texts", """, "params":["a"]""", "1")]
    [InlineData("texts", """, "params":[["a","b"]]""", "2")]
    [InlineData("texts", """, "params":[["a"]]""", "1")]
    [InlineData("texts", """, "params":[]""", "0")]
    [InlineData("any", """, "params":["u"]""", "\"\\\"u\\\"\"")]
    [InlineData("any", """, "params":[["u"]]""", "\"[\\\"u\\\"]\"")]
    [InlineData("any", """, "params":[{}]""", "\"[{}]\"")]
    [InlineData("any", """, "params":{}""", "\"{}\"")]
    [InlineData("any", "", "\"null\"")]
    [InlineData("read", """, "params":{"count":4}""", "\"4->5\"")]
    public async Task A_single_parameter_is_read_in_every_form_that_clients_send(string method, string parameters, string result)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        Assert.Equal(
            $$"""{"jsonrpc":"2.0","id":1,"result":{{result}}}""",
            await peer.AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}"{{parameters}}}"""));
    }

    [Theory]
    [InlineData("name", "[{},{}]", "one parameter")]
    [InlineData("name", "[1]", "an object")]
    [InlineData("name", "3", "an object")]
    [InlineData("name", """{"count":"x"}""", "$.count")]
    [InlineData("name", """{"name":"\ud800"}""", "$.name")]
    [InlineData("strict", "{}", "Required: uri")]
    [InlineData("strict", """{"uri":"a","inner":{"count":true}}""", "$.inner.count")]
    [InlineData("text", "{}", "text")]
    [InlineData("text", "null", "required")]
    public async Task Unusable_parameters_are_refused_with_the_place(string method, string parameters, string mentions)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        string reply = await peer.AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""");
        Assert.StartsWith("""{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":""", reply, StringComparison.Ordinal);
        Assert.Contains(mentions, reply, StringComparison.Ordinal);
        Assert.DoesNotContain("ConfigLsp.", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"unknown"}""", "1", -32601)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"$/unknown"}""", "1", -32601)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"$/cancelRequest","params":{"id":1}}""", "1", -32601)]
    [InlineData("""{"jsonrpc":"2.0","id":"n","method":"note"}""", "\"n\"", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", "null", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":true,"method":"ping"}""", "null", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", "null", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":"\ud800","method":"ping"}""", "null", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":5}""", "1", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"\udc00"}""", "1", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", "1", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""", "2", -32600)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", "1", -32600)]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"ping"}""", "1", -32600)]
    [InlineData("""{"id":1,"method":"ping"}""", "1", -32600)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", "null", -32600)]
    [InlineData("[]", "null", -32600)]
    [InlineData("5", "null", -32600)]
    [InlineData("\"text\"", "null", -32600)]
    [InlineData("", "null", -32700)]
    [InlineData("  ", "null", -32700)]
    [InlineData("[", "null", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"pi""", "null", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}}""", "null", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"} {}""", "null", -32700)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\0\"}", "null", -32700)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\0", "null", -32700)]
    [InlineData("{'jsonrpc':'2.0'}", "null", -32700)]
    public async Task A_faulty_message_gets_one_error_and_the_connection_lives(string message, string id, int code)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        Assert.StartsWith(
            $$"""{"jsonrpc":"2.0","id":{{id}},"error":{"code":{{code}},"message":""", await peer.AskAsync(message), StringComparison.Ordinal);
        Assert.Contains("pong", await peer.AskAsync("""{"jsonrpc":"2.0","id":99,"method":"ping"}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(126, true)]
    [InlineData(128, false)]
    [InlineData(100_000, false)]
    public async Task Nesting_is_bounded(int depth, bool accepted)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        string reply = await peer.AskAsync(
            $$"""{"jsonrpc":"2.0","id":1,"method":"any","params":[{{new string('[', depth)}}{{new string(']', depth)}}]}""");
        Assert.Contains(accepted ? "\"result\"" : "-32700", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_UTF8_is_refused_even_where_nobody_reads_it()
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        byte[] body = Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"?"}}""");
        body[Array.IndexOf(body, (byte)'?')] = 0xFF;
        await peer.SendRawAsync(RpcPeer.Framed(body));
        Assert.Contains("UTF-8", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notifications_get_no_answer_whatever_becomes_of_them()
    {
        var failures = new List<string>();
        await using var peer = new RpcPeer(TestHandlers.Create(), log: RpcLog.None with { Failure = (_, method, _) => failures.Add(method) });
        foreach (string method in (string[])["note", "unknown", "$/unknown", "throwNote", "ping"])
            await peer.SendAsync($$"""{"jsonrpc":"2.0","method":"{{method}}"}""");
        await peer.SendAsync("""{"jsonrpc":"2.0","method":"note","params":{"count":"x"}}""");
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":"pong"}""", await peer.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}"""));
        Assert.Equal(["throwNote"], failures);
    }

    [Theory]
    [InlineData("throw")]
    [InlineData("badResult")]
    public async Task A_handler_that_throws_is_answered_with_a_log_id_and_nothing_else(string method)
    {
        var failures = new List<(string Id, string Method, Exception Exception)>();
        await using var peer = new RpcPeer(TestHandlers.Create(), log: RpcLog.None with { Failure = (id, name, e) => failures.Add((id, name, e)) });
        string reply = await peer.AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}"}""");
        Assert.Contains("-32603", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("someone", reply, StringComparison.Ordinal);
        var failure = Assert.Single(failures);
        Assert.Equal(method, failure.Method);
        Assert.Contains("someone", failure.Exception.ToString(), StringComparison.Ordinal);
        Assert.Contains($"\"requestId\":\"{failure.Id}\"", reply, StringComparison.Ordinal);
        Assert.Equal(1, peer.Connection.Statistics.Failures);
    }

    [Fact]
    public async Task A_handler_may_answer_with_an_error_of_its_own()
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        Assert.Equal(
            """{"jsonrpc":"2.0","id":1,"error":{"code":-33010,"message":"Conflict.","data":{"current":7}}}""",
            await peer.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"refuse"}"""));
    }

    [Fact]
    public async Task A_gate_that_throws_refuses_and_the_connection_lives()
    {
        RpcHandlers handlers = TestHandlers.Create();
        handlers.Gate = (method, _) => method == "ping" ? null : throw new InvalidOperationException("gate");
        await using var peer = new RpcPeer(handlers);
        await peer.SendAsync("""{"jsonrpc":"2.0","method":"note"}""");
        Assert.Contains("-32603", await peer.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"read"}"""), StringComparison.Ordinal);
        Assert.Contains("pong", await peer.AskAsync("""{"jsonrpc":"2.0","id":2,"method":"ping"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gate_decides_in_arrival_order()
    {
        RpcHandlers handlers = TestHandlers.Create();
        bool open = false;
        handlers.OnRequest(
            "initialize", RpcJsonContext.Default.NoParams, RpcJsonContext.Default.NoResult, async (_, _) =>
            {
                await Task.Yield();
                open = true;
                return default(NoResult);
            });
        handlers.Gate = (method, isRequest) => open || (isRequest && method == "initialize")
            ? null
            : new RpcError(RpcErrorCodes.ServerNotInitialized, "Send initialize first.");
        await using var peer = new RpcPeer(handlers);
        string[] methods = ["ping", "unknown", "initialize", "ping"];
        for (int id = 0; id < methods.Length; id++)
            await peer.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{methods[id]}}"}""");
        Assert.Contains("-32002", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Contains("-32002", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Contains("null", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Contains("pong", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }
}
