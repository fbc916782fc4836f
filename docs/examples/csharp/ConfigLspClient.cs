using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ConfigLsp.Example;

/// <summary>A client of the service: JSON-RPC 2.0 in frames with <c>Content-Length</c>, over a Unix domain socket.</summary>
internal sealed class ConfigLspClient : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _open = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly NetworkStream _stream;
    private readonly Task _reading;
    private int _lastId;

    private ConfigLspClient(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Called for each notification of the server: method and parameters. It must not wait for an answer of the server.</summary>
    public Action<string, JsonNode?>? Notified { get; set; }

    /// <summary>Connects and completes the handshake.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<ConfigLspClient> ConnectAsync(string path, string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        var client = new ConfigLspClient(socket);
        await client.RequestAsync("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["clientInfo"] = new JsonObject { ["name"] = name },
            ["capabilities"] = new JsonObject(),
        });
        return client;
    }

    /// <summary>Sends a request and waits for its result.</summary>
    /// <exception cref="ConfigLspException">The service answered with an error.</exception>
    /// <exception cref="IOException">The connection ended first.</exception>
    public async Task<JsonNode?> RequestAsync(string method, JsonNode? parameters = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var reply = _open[id] = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return await reply.Task;
    }

    /// <summary>Ends the connection in order.</summary>
    public async ValueTask DisposeAsync()
    {
        await RequestAsync("shutdown");
        await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "exit" });
        await _reading;
        await _stream.DisposeAsync();
        _writing.Dispose();
    }

    private async Task SendAsync(JsonObject message)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        byte[] frame = [.. Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), .. body];
        await _writing.WaitAsync();
        try
        {
            await _stream.WriteAsync(frame);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await ReadLengthAsync() is { } length)
            {
                var body = new byte[length];
                await _stream.ReadExactlyAsync(body);
                Receive(JsonNode.Parse(body)!.AsObject());
            }
        }
        catch (IOException)
        {
            // The server went away; whoever waits is told below.
        }

        foreach (var reply in _open.Values)
        {
            reply.TrySetException(new IOException("The service closed the connection."));
        }
    }

    private void Receive(JsonObject message)
    {
        if (message["method"] is { } method)
        {
            Notified?.Invoke(method.GetValue<string>(), message["params"]);
        }
        else if (_open.TryRemove(message["id"]!.GetValue<int>(), out var reply))
        {
            if (message["error"] is { } error)
            {
                reply.SetException(new ConfigLspException(error["code"]!.GetValue<int>(), error["message"]!.GetValue<string>(), error["data"]));
            }
            else
            {
                reply.SetResult(message["result"]);
            }
        }
    }

    /// <summary>Reads a header; null at the end of the stream.</summary>
    private async Task<int?> ReadLengthAsync()
    {
        var header = new StringBuilder();
        var one = new byte[1];
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _stream.ReadAsync(one) == 0)
            {
                return null;
            }

            header.Append((char)one[0]);
        }

        var line = header.ToString().Split("\r\n").Single(text => text.StartsWith("Content-Length: ", StringComparison.Ordinal));
        return int.Parse(line["Content-Length: ".Length..], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}

/// <summary>An error that the service answered with. See docs/errors.md.</summary>
internal sealed class ConfigLspException(int code, string message, JsonNode? data) : Exception(message)
{
    public int Code => code;

    /// <summary>The name, such as <c>Conflict</c>; empty for errors of the protocol.</summary>
    public string Name => data?["name"]?.GetValue<string>() ?? string.Empty;

    public bool IsRetryable => data?["retryable"]?.GetValue<bool>() ?? false;

    /// <summary>Of a conflict: the revision and the value that are there now.</summary>
    public JsonNode? Current => data?["current"];
}
