using System.Net.Http.Headers;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Sources.Http;

/// <summary>Reads and judges the document of a successful response.</summary>
internal sealed class HttpDocument(HttpSourceOptions options, HttpFailures failures)
{
    public async Task<SourceReading> ReadAsync(HttpResponseMessage response, SourceContent? previous, CancellationToken cancellationToken)
    {
        var headers = response.Content.Headers;
        if (JudgeType(headers) is { } refusal)
        {
            return refusal;
        }

        if (headers.ContentLength > options.MaxBytes)
        {
            return failures.TooLarge(options.MaxBytes);
        }

        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (await ReadAsync(stream, (int?)headers.ContentLength, cancellationToken).ConfigureAwait(false) is not { } bytes)
        {
            return failures.TooLarge(options.MaxBytes);
        }

        var hash = ContentHash.Of(bytes.Span);
        var validator = response.Headers.ETag?.ToString();
        if (previous is not null && previous.Hash == hash)
        {
            return new SourceReading.Loaded(previous with { Validator = validator });
        }

        var tree = JsonParser.Parse(SourceText.FromUtf8(bytes));
        return JudgeContent(tree) is { } problem
            ? problem
            : new SourceReading.Loaded(new SourceContent(tree) { Hash = hash, Validator = validator });
    }

    private SourceReading.Failed? JudgeType(HttpContentHeaders headers)
    {
        // Encodings that are understood are gone from the headers by now.
        if (headers.ContentEncoding.Any(static e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            return failures.Invalid("is compressed in a way that nobody asked for");
        }

        var type = headers.ContentType;
        var name = type?.MediaType;
        var isJson = name is not null
            && (name.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || name.Equals("application/jsonc", StringComparison.OrdinalIgnoreCase)
                || name.Equals("text/json", StringComparison.OrdinalIgnoreCase)
                || name.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
        var isUntyped = !headers.Contains("Content-Type") || name?.Equals("text/plain", StringComparison.OrdinalIgnoreCase) == true;
        if (!isJson && !(isUntyped && options.Format is not null))
        {
            return failures.Invalid(isUntyped
                ? "is not said to be JSON by its server; state its `format` in `configlsp.json` if it is"
                : "is not JSON by its content type");
        }

        return type?.CharSet?.Trim('"').ToUpperInvariant() is null or "UTF-8" or "UTF8" or "US-ASCII"
            ? null
            : failures.Invalid("is not in UTF-8 by its content type");
    }

    /// <summary>The bytes, counted after decompression; null if there are more than permitted.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, int? length, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(length ?? (16 * 1024), options.MaxBytes) + 1];
        var count = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken).ConfigureAwait(false);
            count += read;
            if (read == 0)
            {
                return buffer.AsMemory(0, count);
            }

            if (count > options.MaxBytes)
            {
                return null;
            }

            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, options.MaxBytes + 1L));
            }
        }
    }

    private SourceReading.Failed? JudgeContent(SyntaxTree tree)
    {
        if (tree.Errors is [var error, ..])
        {
            return Refuse("has a syntax error", error.Span.Start);
        }

        if (tree.Root.Kind is not SyntaxKind.Object)
        {
            return failures.Invalid("is no JSON object");
        }

        return options.Format != "json" ? null
            : tree.Comments is [var comment, ..] ? Refuse("has a comment, though its `format` is `json`,", comment.Start)
            : tree.TrailingCommas is [var comma, ..] ? Refuse("has a trailing comma, though its `format` is `json`,", comma)
            : null;

        SourceReading.Failed Refuse(string what, int offset)
        {
            var position = tree.Text.Lines.GetPosition(offset, PositionEncoding.Utf32);
            return failures.Invalid($"{what} in line {position.Line + 1}, column {position.Character + 1}");
        }
    }
}
