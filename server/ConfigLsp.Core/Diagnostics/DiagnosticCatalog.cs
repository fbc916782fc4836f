namespace ConfigLsp.Core.Diagnostics;

public static partial class DiagnosticCatalog
{
    /// <summary>Every rule, by area. Documentation pages are generated from it.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [.. Syntax, .. Schema];
}
