using System.Net.Http.Headers;
using ConfigLsp.Configuration.Http;
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

        if (await HttpBody.ReadAsync(response.Content, options.MaxBytes, cancellationToken).ConfigureAwait(false) is not { } bytes)
        {
            return failures.Fail(HttpFault.TooLarge(options.MaxBytes));
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
        var name = headers.ContentType?.MediaType;
        var isUntyped = !headers.Contains("Content-Type") || name?.Equals("text/plain", StringComparison.OrdinalIgnoreCase) == true;
        if (!HttpBody.IsJson(name) && !(isUntyped && options.Format is not null))
        {
            return failures.Invalid(isUntyped
                ? "is not said to be JSON by its server; state its `format` in `configlsp.json` if it is"
                : "is not JSON by its content type");
        }

        return HttpBody.JudgeEncoding(headers) is { } problem ? failures.Invalid(problem) : null;
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
