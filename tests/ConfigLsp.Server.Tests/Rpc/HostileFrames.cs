using System.Text;

namespace ConfigLsp.Server.Tests.Rpc;

/// <summary>Makes frames that are wrong in many ways, but each ends where its header says.</summary>
internal sealed class HostileFrames(int seed)
{
    private const string Request = """{"jsonrpc":"2.0","id":"h","method":"name","params":{"name":"some text é","count":3}}""";

    private readonly Random _random = new(seed);

    public byte[] Next() => _random.Next(15) switch
    {
        0 => RpcPeer.Framed([]),
        1 => RpcPeer.Framed(Encoding.UTF8.GetBytes(Request)[.._random.Next(Request.Length)]),
        2 => RpcPeer.Framed(Changed(0xFF)),
        3 => RpcPeer.Framed(Changed(0)),
        4 => RpcPeer.Framed(Changed((byte)_random.Next(256))),
        5 => RpcPeer.Framed($$"""{"jsonrpc":"2.0","id":"h","method":"any","params":{{new string('[', _random.Next(20_000))}}"""),
        6 => RpcPeer.Framed(Nested(_random.Next(100, 300))),
        7 => RpcPeer.Framed($"[{string.Join(',', Enumerable.Repeat(Request, _random.Next(20)))}]"),
        8 => RpcPeer.Framed($$"""{"jsonrpc":"2.0","id":{{_random.Next()}},"method":"{{new string('m', _random.Next(1000))}}"}"""),
        9 => RpcPeer.Framed($$"""{"jsonrpc":"2.0","id":"h","method":"{{Pick("name", "strict", "text", "texts", "read", "note")}}","params":{{WrongValue()}}}"""),
        10 => RpcPeer.Framed($$"""{"jsonrpc":{{WrongValue()}},"id":{{WrongValue()}},"method":{{WrongValue()}},"params":{{WrongValue()}}}"""),
        11 => RpcPeer.Framed($$"""{"jsonrpc":"2.0","id":{{_random.Next()}},"{{Pick("result", "error")}}":{{WrongValue()}}}"""),
        12 => RpcPeer.Framed($$"""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{{WrongValue()}}}"""),
        13 => RpcPeer.Framed(Noise()),
        _ => Oversized(),
    };

    private byte[] Changed(byte value)
    {
        byte[] body = Encoding.UTF8.GetBytes(Request);
        body[_random.Next(body.Length)] = value;
        return body;
    }

    private static string Nested(int depth) =>
        $$"""{"jsonrpc":"2.0","id":"h","method":"any","params":{{string.Concat(Enumerable.Repeat("{\"a\":[", depth))}}{{string.Concat(Enumerable.Repeat("]}", depth))}} }""";

    private string WrongValue() => Pick(
        "null", "true", "-1", "1e999", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[[]]", "[null,null]", "{}", "{\"id\":{}}", "[{\"count\":\"x\"}]",
        "{\"name\":[],\"count\":1.5}", "[\"" + new string('x', _random.Next(3000)) + "\"]", "0.1", "{\"\":{\"\":0}}", "{\"count\":99999999999}");

    private byte[] Noise()
    {
        byte[] noise = new byte[_random.Next(200)];
        _random.NextBytes(noise);
        return noise;
    }

    // Above the limit of the test, with an id to answer to.
    private byte[] Oversized() => RpcPeer.Framed($$"""{"id":"big","jsonrpc":"2.0","method":"text","params":["{{new string('z', 70_000)}}"]}""");

    private string Pick(params string[] values) => values[_random.Next(values.Length)];
}
