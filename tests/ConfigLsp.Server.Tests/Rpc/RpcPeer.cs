using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Tests.Rpc;

/// <summary>A client that writes raw bytes and reads frames strictly: anything that would make a strict client drop the connection throws.</summary>
internal sealed class RpcPeer : IAsyncDisposable
{
    private readonly Pipe _toServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _toClient;
    private readonly CancellationTokenSource _stop = new();

    public RpcPeer(RpcHandlers handlers, RpcLimits? limits = null, RpcLog? log = null, long clientBuffer = 0, bool start = true)
    {
        _toClient = new Pipe(new PipeOptions(pauseWriterThreshold: clientBuffer, resumeWriterThreshold: clientBuffer / 2));
        Connection = new RpcConnection(_toServer.Reader, _toClient.Writer, handlers, limits, log);
        Closed = start ? Connection.RunAsync(_stop.Token) : Task.FromResult(new RpcClose(RpcCloseReason.Stopped, "not started"));
    }

    public RpcConnection Connection { get; }

    public Task<RpcClose> Closed { get; }

    public PipeReader Output => _toClient.Reader;

    public static byte[] Framed(string json) => Framed(Encoding.UTF8.GetBytes(json));

    public static byte[] Framed(byte[] body) => [.. Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), .. body];

    public async Task SendAsync(string json) => await SendRawAsync(Framed(json));

    public async Task SendRawAsync(byte[] bytes) => await _toServer.Writer.WriteAsync(bytes);

    public Task SendRawAsync(string text) => SendRawAsync(Encoding.UTF8.GetBytes(text));

    public void EndInput() => _toServer.Writer.Complete();

    public void Stop() => _stop.Cancel();

    /// <summary>The next message; null at the end of the output.</summary>
    public async Task<string?> TryReceiveAsync()
    {
        while (true)
        {
            ReadResult read = await _toClient.Reader.ReadAsync();
            if (TryCut(read.Buffer, out string? message, out SequencePosition end))
            {
                _toClient.Reader.AdvanceTo(end);
                return message;
            }

            if (read.IsCompleted)
            {
                Assert.True(read.Buffer.IsEmpty, "The output ended inside a frame.");
                return null;
            }

            _toClient.Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public async Task<string> ReceiveAsync() => await TryReceiveAsync() ?? throw new InvalidOperationException("The output ended.");

    public async Task<JsonElement> ReceiveJsonAsync()
    {
        using var document = JsonDocument.Parse(await ReceiveAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Sends a request and gives the very next message.</summary>
    public async Task<string> AskAsync(string json)
    {
        await SendAsync(json);
        return await ReceiveAsync();
    }

    /// <summary>Ends the input and gives every message that still comes.</summary>
    public async Task<List<string>> FinishAsync()
    {
        EndInput();
        var messages = new List<string>();
        while (await TryReceiveAsync() is { } message)
            messages.Add(message);
        await Closed;
        return messages;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _toClient.Reader.CompleteAsync();
        await _toServer.Writer.CompleteAsync();
        await Closed;
        _stop.Dispose();
    }

    private static bool TryCut(ReadOnlySequence<byte> buffer, out string? message, out SequencePosition end)
    {
        message = null;
        end = default;
        ReadOnlySpan<byte> bytes = buffer.ToArray();
        int header = bytes.IndexOf("\r\n\r\n"u8);
        if (header < 0)
            return false;
        string text = Encoding.ASCII.GetString(bytes[..header]);
        Assert.StartsWith("Content-Length: ", text, StringComparison.Ordinal);
        int length = int.Parse(text["Content-Length: ".Length..]);
        if (bytes.Length < header + 4 + length)
            return false;
        message = Encoding.UTF8.GetString(bytes.Slice(header + 4, length));
        Assert.StartsWith("""{"jsonrpc":"2.0",""", message, StringComparison.Ordinal);
        end = buffer.GetPosition(header + 4 + length);
        return true;
    }
}
