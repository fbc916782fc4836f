using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Something in a schema that cannot be used. Only the keyword concerned is disabled (it then accepts everything); the rest keeps validating.
/// </summary>
/// <param name="Descriptor">The rule that the schema breaks.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Origin">The keyword concerned.</param>
public sealed record SchemaProblem(DiagnosticDescriptor Descriptor, string Message, SchemaOrigin Origin)
{
    /// <summary>URI of the schema document.</summary>
    public string SchemaUri => Origin.Uri;

    /// <summary>JSON Pointer of the keyword in the schema document.</summary>
    public string Pointer => Origin.Pointer;

    /// <summary>The bytes in the schema document's text.</summary>
    public TextSpan Span => Origin.Span;
}
