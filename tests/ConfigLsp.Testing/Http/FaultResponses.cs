using System.IO.Compression;
using System.Text;

namespace ConfigLsp.Testing.Http;

/// <summary>What a <see cref="FaultServer"/> can do, mostly wrong.</summary>
public static class FaultResponses
{
    /// <summary>A document, complete and correct.</summary>
    /// <param name="body">The document.</param>
    /// <param name="contentType">Null to send none.</param>
    /// <param name="headers">Further header lines.</param>
    public static FaultResponse Ok(string body, string? contentType = "application/json", params string[] headers) =>
        Ok(Encoding.UTF8.GetBytes(body), contentType, headers);

    public static FaultResponse Ok(byte[] body, string? contentType = "application/json", params string[] headers) => async (exchange, token) =>
    {
        await exchange.WriteAsync(Head(200, [.. contentType is null ? [] : (string[])[$"Content-Type: {contentType}"], $"Content-Length: {body.Length}", .. headers]), token);
        await exchange.WriteAsync(body, token);
    };

    /// <summary>A document with a validator: 304 where the request has it.</summary>
    public static FaultResponse Conditional(string body, string? tag = null, string? lastModified = null) => (exchange, token) =>
    {
        string[] headers = [.. tag is null ? [] : (string[])[$"ETag: {tag}"], .. lastModified is null ? [] : (string[])[$"Last-Modified: {lastModified}"]];
        var isSame = (tag is not null && exchange.Request.Headers.GetValueOrDefault("If-None-Match") == tag)
            || (lastModified is not null && exchange.Request.Headers.GetValueOrDefault("If-Modified-Since") == lastModified);
        return (isSame ? Status(304, headers) : Ok(body, headers: headers))(exchange, token);
    };

    /// <summary>A status without a document.</summary>
    public static FaultResponse Status(int status, params string[] headers) => async (exchange, token) =>
        await exchange.WriteAsync(Head(status, [.. status == 304 ? [] : (string[])["Content-Length: 0"], .. headers]), token);

    public static FaultResponse Redirect(string location, int status = 302) => Status(status, $"Location: {location}");

    /// <summary>Stops in the middle of the headers until the client goes away.</summary>
    public static FaultResponse SlowHeaders() => async (exchange, token) =>
    {
        await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Ty", token);
        await exchange.WaitForCloseAsync(token);
    };

    /// <summary>Stops in the middle of the document until the client goes away.</summary>
    public static FaultResponse SlowBody() => async (exchange, token) =>
    {
        await exchange.WriteAsync(Head(200, "Content-Type: application/json", "Content-Length: 100") + "{", token);
        await exchange.WaitForCloseAsync(token);
    };

    public static FaultResponse ResetInHeaders() => async (exchange, token) =>
    {
        await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Ty", token);
        exchange.Reset();
    };

    public static FaultResponse ResetInBody() => async (exchange, token) =>
    {
        await exchange.WriteAsync(Head(200, "Content-Type: application/json", "Content-Length: 100") + "{\"a\":", token);
        exchange.Reset();
    };

    /// <summary>Closes before the announced end; what arrived would be a document by itself.</summary>
    public static FaultResponse Truncated(bool isChunked = false) => async (exchange, token) => await exchange.WriteAsync(
        isChunked
            ? Head(200, "Content-Type: application/json", "Transfer-Encoding: chunked") + "2\r\n{}\r\n"
            : Head(200, "Content-Type: application/json", "Content-Length: 100") + "{}",
        token);

    /// <summary>A document of this many bytes that says so.</summary>
    public static FaultResponse Huge(int length) => Ok("{}" + new string(' ', length - 2));

    /// <summary>A document without an end.</summary>
    public static FaultResponse Endless() => async (exchange, token) =>
    {
        await exchange.WriteAsync(Head(200, "Content-Type: application/json", "Transfer-Encoding: chunked"), token);
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string(' ', 0x10000) + "\r\n");
        while (true)
        {
            await exchange.WriteAsync(chunk, token);
        }
    };

    /// <summary>Headers without an end.</summary>
    public static FaultResponse EndlessHeaders() => async (exchange, token) =>
    {
        await exchange.WriteAsync("HTTP/1.1 200 OK\r\n", token);
        for (var i = 0; ; i++)
        {
            await exchange.WriteAsync($"X-{i}: {new string('x', 1000)}\r\n", token);
        }
    };

    /// <summary>Bytes that are no HTTP.</summary>
    public static FaultResponse Garbage() => async (exchange, token) => await exchange.WriteAsync("SSH-2.0-OpenSSH_9.9\r\n\r\n", token);

    /// <summary>A document, compressed.</summary>
    /// <param name="encoding"><c>gzip</c>, <c>deflate</c> or <c>br</c>.</param>
    /// <param name="body">The document.</param>
    public static FaultResponse Compressed(string encoding, string body) =>
        Ok(Compress(encoding, stream => stream.Write(Encoding.UTF8.GetBytes(body))), headers: $"Content-Encoding: {encoding}");

    /// <summary>Little on the wire, this many mebibytes when decompressed.</summary>
    public static FaultResponse Bomb(string encoding, int mebibytes)
    {
        var blanks = new byte[1024 * 1024];
        blanks.AsSpan().Fill((byte)' ');
        var body = Compress(encoding, stream =>
        {
            stream.Write("{}"u8);
            for (var i = 0; i < mebibytes; i++)
            {
                stream.Write(blanks);
            }
        });
        return Ok(body, headers: $"Content-Encoding: {encoding}");
    }

    private static byte[] Compress(string encoding, Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(buffer, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(buffer, CompressionLevel.Fastest),
            "br" => new BrotliStream(buffer, CompressionLevel.Fastest),
            _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "Unknown encoding."),
        })
        {
            write(stream);
        }

        return buffer.ToArray();
    }

    private static string Head(int status, params string[] headers) =>
        $"HTTP/1.1 {status} Status\r\nConnection: close\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n";
}
