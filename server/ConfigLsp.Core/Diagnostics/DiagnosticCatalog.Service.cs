namespace ConfigLsp.Core.Diagnostics;

/// <summary>The rules about what surrounds a file: its schema, its sources.</summary>
public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor SchemaNotLoaded = new(
        "schema-not-loaded",
        DiagnosticSeverity.Warning,
        "The file's schema can be loaded",
        "What the schema, or the part of it that refers to the document named, would check is not checked. The message says why it could not be loaded and what helps.");

    private static IEnumerable<DiagnosticDescriptor> Service => [SchemaNotLoaded];
}
