namespace ConfigLsp.Core.Diagnostics;

/// <summary>The rules about what surrounds a file: its schema, its sources.</summary>
public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor SchemaNotLoaded = new(
        "schema-not-loaded",
        DiagnosticSeverity.Warning,
        "The file's schema can be loaded",
        "What the schema, or the part of it that refers to the document named, would check is not checked. The message says why it could not be loaded and what helps.");

    public static readonly DiagnosticDescriptor MergedSettingsInvalid = new(
        "merged-settings-invalid",
        DiagnosticSeverity.Warning,
        "The settings of all sources together are what the schema demands",
        "Each source may be right by itself, and all of them merged break a rule, for instance because one sets a key that demands another one. It is reported in the source that contributes the value. The message says what the merged settings lack; mend it in whichever source is meant to say so.");

    private static IEnumerable<DiagnosticDescriptor> Service => [SchemaNotLoaded, MergedSettingsInvalid];
}
