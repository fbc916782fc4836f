namespace ConfigLsp.Core.Diagnostics;

/// <summary>All rules, by area. An id is never used again for another rule.</summary>
public static partial class DiagnosticCatalog
{
    /// <summary>Every rule. Documentation pages are generated from it. Built when asked, because the order in which partial classes initialise their fields is not defined.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All => [.. Syntax, .. Schema, .. Validation, .. Service, .. Hints];
}
