using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features;

/// <summary>One version of one document with its schema: everything that a feature needs to answer, and immutable.</summary>
public sealed class DocumentSnapshot
{
    /// <summary>Combines a parsed text with the schema that was found for it.</summary>
    /// <param name="uri">URI of the document, of any scheme.</param>
    /// <param name="version">The editor's version of the text; 0 where there is none.</param>
    /// <param name="tree">The parsed text.</param>
    /// <param name="schema">The schema, or null if none is associated.</param>
    /// <param name="dialect">How strict the kind of file is; the schema's <c>allowComments</c> and <c>allowTrailingCommas</c> override it.</param>
    /// <param name="schemaMayOverride">False where somebody chose the dialect for this very document: then the schema does not override it.</param>
    public DocumentSnapshot(string uri, int version, SyntaxTree tree, JsonSchema? schema, SyntaxDialect dialect, bool schemaMayOverride = true)
    {
        Uri = uri;
        Version = version;
        Tree = tree;
        Schema = schema;
        Dialect = schema is null || !schemaMayOverride ? dialect : dialect.With(schema.AllowComments, schema.AllowTrailingCommas);
    }

    public string Uri { get; }

    public int Version { get; }

    public SyntaxTree Tree { get; }

    public SourceText Text => Tree.Text;

    public JsonSchema? Schema { get; }

    public SyntaxDialect Dialect { get; }
}
