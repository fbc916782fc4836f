using System.Net.Http.Headers;

namespace ConfigLsp.Configuration.Http;

/// <summary>Reads documents of bounded size from answers.</summary>
internal static class HttpBody
{
    /// <summary>Why a document of these headers cannot be read as UTF-8, in the words of <see cref="HttpFault.What"/>; null if it can.</summary>
    public static string? JudgeEncoding(HttpContentHeaders headers)
    {
        // Encodings that are understood are gone from the headers by now.
        if (headers.ContentEncoding.Any(static e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            return "is compressed in a way that nobody asked for";
        }

        return headers.ContentType?.CharSet?.Trim('"').ToUpperInvariant() is null or "UTF-8" or "UTF8" or "US-ASCII"
            ? null
            : "is not in UTF-8 by its content type";
    }

    /// <summary>Whether a content type says that the document is JSON.</summary>
    public static bool IsJson(string? mediaType) =>
        mediaType is not null
        && (mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.Equals("application/jsonc", StringComparison.OrdinalIgnoreCase)
            || mediaType.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    /// <summary>The bytes, counted after decompression; null if there are more than permitted.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
        {
            return null;
        }

        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        // What is announced may never come, so that little is set aside for it at first.
        var buffer = new byte[Math.Min((int?)content.Headers.ContentLength ?? (16 * 1024), Math.Min(maxBytes, 1024 * 1024)) + 1];
        var count = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken).ConfigureAwait(false);
            count += read;
            if (read == 0)
            {
                return buffer.AsMemory(0, count);
            }

            if (count > maxBytes)
            {
                return null;
            }

            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maxBytes + 1L));
            }
        }
    }
}
