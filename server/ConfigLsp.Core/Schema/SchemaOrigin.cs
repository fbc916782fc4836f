using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema;

/// <summary>Where a schema or keyword is written.</summary>
/// <param name="Uri">The URI of the schema document, without a fragment.</param>
/// <param name="Node">The place in that document's tree.</param>
public readonly record struct SchemaOrigin(string Uri, SyntaxNode Node)
{
    /// <summary>JSON Pointer of the place in its document.</summary>
    public string Pointer => Node.IsNone ? string.Empty : Node.GetPointer();

    /// <summary>The bytes in <see cref="Text"/>.</summary>
    public TextSpan Span => Node.IsNone ? default : Node.Span;

    /// <summary>The text of the schema document.</summary>
    public SourceText Text => Node.IsNone ? SourceText.Empty : Node.Tree.Text;
}
