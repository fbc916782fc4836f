using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>Reads references to schemas, and schemas written in place, from configuration.</summary>
internal static class SchemaNodes
{
    /// <summary>The schema that an entry names or holds; null if it does neither.</summary>
    /// <param name="url">Where a URI reference may stand.</param>
    /// <param name="schema">Where the schema itself may stand; wins over <paramref name="url"/>, which then is its URI.</param>
    /// <param name="document">The document of the entry.</param>
    /// <param name="pointer">Where in the document the schema stands.</param>
    public static SchemaReference? ReadReference(SyntaxNode url, SyntaxNode schema, DocumentUri document, string pointer)
    {
        var text = url.Kind == SyntaxKind.String ? url.GetString() : string.Empty;
        var uri = text.Length > 0 ? document.Resolve(text).Text : null;
        if (ReadInline(schema) is { } inline)
        {
            // Relative references in it resolve against the document, since the query is no part of the folder.
            return new SchemaReference(uri ?? document.Resolve("?inline=" + PercentEncoding.Encode(pointer)).Text, inline);
        }

        return uri is null ? null : new SchemaReference(uri);
    }

    /// <summary>A schema written in place as a tree of its own; null if the node is no schema.</summary>
    public static SyntaxTree? ReadInline(SyntaxNode schema) =>
        schema.Kind is SyntaxKind.Object or SyntaxKind.True or SyntaxKind.False
            ? JsonParser.Parse(SourceText.FromUtf8(schema.Tree.Text.Memory.Slice(schema.Span.Start, schema.Span.Length)))
            : null;

    /// <summary>Whether a text is a JSON Pointer (RFC 6901).</summary>
    public static bool IsPointer(string text) => text.Length == 0 || text[0] == '/';
}
