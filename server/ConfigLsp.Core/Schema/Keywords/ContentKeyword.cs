using System.Buffers;
using System.Buffers.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>
/// <c>contentEncoding</c> (base64) and <c>contentMediaType</c> (application/json) as draft-07 asserts them (Validation, section 8); mere
/// annotations in all other drafts.
/// </summary>
internal sealed class ContentKeyword : Keyword
{
    private readonly bool _isBase64;
    private readonly bool _isJson;

    private ContentKeyword(KeywordSite site, bool isBase64, bool isJson)
        : base(site, InstanceTypes.String)
    {
        _isBase64 = isBase64;
        _isJson = isJson;
    }

    /// <inheritdoc />
    public override int Cost => 4;

    public static void Compile(SchemaBuilder builder)
    {
        if (!builder.Resource.Dialect.AssertsContent)
        {
            return;
        }

        var isBase64 = builder.TryGet("contentEncoding", out var encoding) && Says(encoding, "base64");
        var isJson = builder.TryGet("contentMediaType", out var mediaType) && Says(mediaType, "application/json");

        // Content in another encoding cannot be looked into.
        isJson &= encoding.IsNone || isBase64;
        if (isBase64 || isJson)
        {
            var site = isJson ? builder.Site("contentMediaType", mediaType) : builder.Site("contentEncoding", encoding);
            builder.Add(new ContentKeyword(site, isBase64, isJson));
        }
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if (!evaluation.TrySpend(KindClass.LengthOf(instance) >> 3))
        {
            return true;
        }

        var utf8 = instance.GetUtf8();
        if (!_isBase64)
        {
            return IsJson(utf8.ToArray());
        }

        if (utf8.Length % 4 != 0 || utf8.ContainsAny(" \t\r\n"u8))
        {
            return false;
        }

        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(utf8.Length)];
        return Base64.DecodeFromUtf8(utf8, decoded, out _, out var written) == OperationStatus.Done && (!_isJson || IsJson(decoded.AsMemory(0, written)));
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        if (!IsValid(explanation.Evaluation, instance))
        {
            var kind = (_isBase64, _isJson) switch
            {
                (true, true) => "a JSON document in base64",
                (true, false) => "text in base64",
                _ => "a JSON document in a string",
            };
            explanation.Report(
                Site, DiagnosticCatalog.ContentMismatch, instance, $"{explanation.Name} must be {kind}{explanation.ButIs(instance)}.", expected: kind);
        }
    }

    private static bool Says(SyntaxNode value, string text) => value.Kind == SyntaxKind.String && value.GetString() == text;

    private static bool IsJson(ReadOnlyMemory<byte> utf8)
    {
        var tree = JsonParser.Parse(SourceText.FromUtf8(utf8));
        return tree.Errors.IsEmpty && tree.Comments.IsEmpty && tree.TrailingCommas.IsEmpty && tree.Root.IsValue;
    }
}
