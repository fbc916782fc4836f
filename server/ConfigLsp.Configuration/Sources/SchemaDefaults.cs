using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Sources;

/// <summary>The document that the <c>default</c>s of a schema make together.</summary>
internal static class SchemaDefaults
{
    /// <summary>The most keys that are put into the document; further ones are left out.</summary>
    public const int MaxKeys = 10_000;

    /// <summary>The most bytes of the document: 8 MiB; a default that would exceed them is left out.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>
    /// Makes the document: for each key that the schema names its nearest certain default; within a default that is an object, keys that it
    /// lacks have their own. Always an object.
    /// </summary>
    public static SyntaxTree CreateDocument(JsonSchema schema)
    {
        var root = new DocumentBuilder();
        if (SchemaKeys.Find(schema, []).Default is { Kind: SyntaxKind.Object } whole && whole.Tree.Errors.IsEmpty)
        {
            root.TryPut([], whole, replaces: false);
        }

        var bytes = 0;
        foreach (var (key, _) in SchemaKeys.Walk(schema).Take(MaxKeys))
        {
            // A default whose text is broken would break the document.
            if (key.Default is not { IsNone: false } value || bytes + value.Span.Length > MaxBytes || !value.Tree.Errors.IsEmpty)
            {
                continue;
            }

            bytes += value.Span.Length;

            // The schema's order is from the outside in: what a default around it says comes first.
            root.TryPut(key.Segments, value, replaces: false);
        }

        var text = new StringBuilder();
        root.Write(text);
        return JsonParser.Parse(SourceText.From(text.ToString()));
    }
}
