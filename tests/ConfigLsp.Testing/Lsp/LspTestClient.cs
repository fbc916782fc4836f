using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace ConfigLsp.Testing.Lsp;

/// <summary>
/// A client of the Language Server Protocol that speaks real frames over a pair of pipes. What the server sends without being asked is kept by
/// method, in order; what it asks is answered as the test says.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle, the only thing to dispose, is never created.")]
public sealed class LspTestClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _open = new();
    private readonly ConcurrentDictionary<string, Channel<JsonNode?>> _received = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<JsonNode?, Task<JsonNode?>>> _answers = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _lastId;

    public LspTestClient(PipeReader input, PipeWriter output)
    {
        _input = input;
        _output = output;
        Ended = Task.Run(ReadAsync);
    }

    /// <summary>Completes when the server has closed its output.</summary>
    public Task Ended { get; }

    /// <summary>Answers requests of the server; without an answer they are refused with MethodNotFound.</summary>
    public void Answer(string method, Func<JsonNode?, JsonNode?> answer) => _answers[method] = parameters => Task.FromResult(answer(parameters));

    /// <summary>As the other one, for answers that a test holds back.</summary>
    public void Answer(string method, Func<JsonNode?, Task<JsonNode?>> answer) => _answers[method] = answer;

    /// <summary>Sends a request and gives the whole reply, with <c>result</c> or <c>error</c>.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="cancel">When it completes, the client cancels the request.</param>
    public async Task<JsonObject> AskAsync(string method, JsonNode? parameters, Task? cancel = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var reply = _open[id] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        if (cancel is not null)
        {
            await cancel;
            await NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = id });
        }

        return await WithinAsync(reply.Task, $"the reply to {method}");
    }

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<JsonNode?> RequestAsync(string method, JsonNode? parameters)
    {
        var reply = await AskAsync(method, parameters);
        return reply.TryGetPropertyValue("result", out var result) ? result : throw new InvalidOperationException($"{method} failed: {reply["error"]?.ToJsonString()}");
    }

    /// <summary>Sends a request that must fail, and gives the error's code.</summary>
    public async Task<int> FailAsync(string method, JsonNode? parameters)
    {
        var reply = await AskAsync(method, parameters);
        return reply["error"]?["code"]?.GetValue<int>() ?? throw new InvalidOperationException($"{method} did not fail: {reply.ToJsonString()}");
    }

    public Task NotifyAsync(string method, JsonNode? parameters) =>
        SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    /// <summary>The next notification with this method, or request that the server makes with it.</summary>
    public Task<JsonNode?> NextAsync(string method) => WithinAsync(Received(method).Reader.ReadAsync().AsTask(), method);

    /// <summary>What has been received with this method and not taken yet.</summary>
    public IReadOnlyList<JsonNode?> TakeReceived(string method)
    {
        var taken = new List<JsonNode?>();
        while (Received(method).Reader.TryRead(out var parameters))
        {
            taken.Add(parameters);
        }

        return taken;
    }

    /// <summary>Sends the body of a message as it is.</summary>
    public async Task SendRawAsync(byte[] body)
    {
        await _writing.WaitAsync();
        try
        {
            _output.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
            await _output.WriteAsync(body);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void EndInput() => _output.Complete();

    private Task SendAsync(JsonObject message) => SendRawAsync(Encoding.UTF8.GetBytes(message.ToJsonString()));

    private async Task ReadAsync()
    {
        try
        {
            while (await ReceiveAsync() is { } message)
            {
                Dispatch(message);
            }
        }
        finally
        {
            foreach (var open in _open.Values)
            {
                open.TrySetException(new EndOfStreamException("The server closed the connection."));
            }
        }
    }

    private void Dispatch(JsonObject message)
    {
        var method = message["method"]?.GetValue<string>();
        if (method is null)
        {
            if (!_open.TryRemove(message["id"]!.GetValue<int>(), out var reply))
            {
                throw new InvalidDataException($"A reply to no request: {message.ToJsonString()}");
            }

            reply.SetResult(message);
            return;
        }

        var parameters = message["params"]?.DeepClone();
        if (message["id"]?.DeepClone() is { } id)
        {
            _ = ReplyAsync(method, id, parameters);
        }

        Received(method).Writer.TryWrite(parameters);
    }

    private async Task ReplyAsync(string method, JsonNode id, JsonNode? parameters)
    {
        var reply = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id };
        if (!_answers.TryGetValue(method, out var answer))
        {
            reply["error"] = new JsonObject { ["code"] = -32601, ["message"] = "not offered" };
        }
        else
        {
            try
            {
                reply["result"] = await answer(parameters);
            }
            catch (InvalidOperationException refusal)
            {
                reply["error"] = new JsonObject { ["code"] = -32803, ["message"] = refusal.Message };
            }
        }

        await SendAsync(reply);
    }

    private async Task<JsonObject?> ReceiveAsync()
    {
        while (true)
        {
            var read = await _input.ReadAsync();
            if (TryCut(read.Buffer, out var message, out var end))
            {
                _input.AdvanceTo(end);
                return message;
            }

            _input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return read.Buffer.IsEmpty ? null : throw new InvalidDataException("The output ended inside a frame.");
            }
        }
    }

    private static bool TryCut(in ReadOnlySequence<byte> buffer, out JsonObject? message, out SequencePosition end)
    {
        message = null;
        end = default;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> header, "\r\n\r\n"u8))
        {
            return false;
        }

        var text = Encoding.ASCII.GetString(header);
        if (!text.StartsWith("Content-Length: ", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"A header of an unexpected form: {text}");
        }

        var length = int.Parse(text.AsSpan("Content-Length: ".Length));
        if (reader.Remaining < length)
        {
            return false;
        }

        var body = buffer.Slice(reader.Position, length);
        message = JsonSerializer.Deserialize<JsonObject>(body.ToArray());
        end = body.End;
        return true;
    }

    private Channel<JsonNode?> Received(string method) => _received.GetOrAdd(method, static _ => Channel.CreateUnbounded<JsonNode?>());

    private static async Task<T> WithinAsync<T>(Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Patience);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"Nothing came for {Patience.TotalSeconds} s; expected: {what}.", exception);
        }
    }
}
