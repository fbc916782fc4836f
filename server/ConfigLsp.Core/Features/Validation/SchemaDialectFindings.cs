using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Validation;

/// <summary>
/// Says in a document that its schema is written in a dialect that is not wholly known, each vocabulary once: the document is checked less than its
/// author thinks. JSON Schema lets an implementation refuse such a schema (2020-12 Core, section 8.1.2); this one checks what it knows.
/// </summary>
internal static class SchemaDialectFindings
{
    /// <summary>The findings, with these in their place.</summary>
    public static ImmutableArray<Diagnostic> Add(ImmutableArray<Diagnostic> found, JsonSchema schema, SyntaxTree tree)
    {
        if (schema.Problems.IsEmpty || tree.Root.IsNone)
        {
            return found;
        }

        var place = tree.Root.TryGetProperty("$schema"u8, out var declaration) && declaration.Kind == SyntaxKind.String
            ? declaration.Span
            : new TextSpan(tree.Root.Span.Start, Math.Min(1, tree.Root.Span.Length));
        var doubts = schema.Problems
            .Where(static p => p.Descriptor == DiagnosticCatalog.UnknownVocabulary)
            .DistinctBy(static p => p.Message, StringComparer.Ordinal)
            .Select(p => new Diagnostic(p.Descriptor, place, p.Message)
            {
                Data = new DiagnosticData { Path = string.Empty, SchemaUri = p.SchemaUri, SchemaPointer = p.Pointer },
                Related = [new RelatedInformation(p.SchemaUri, p.Span, "The schema names its dialect here.") { Text = p.Origin.Text }],
            })
            .ToArray();
        var before = found.Count(d => d.Span.Start < place.Start);
        return doubts.Length == 0 ? found : found.InsertRange(before, doubts);
    }
}
