namespace ConfigLsp.Core.Diagnostics;

/// <summary>The rules about validation itself.</summary>
public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor TooManyProblems = new(
        "too-many-problems",
        DiagnosticSeverity.Warning,
        "A file has few enough problems to be shown",
        "Only the first problems of the file are shown, because showing all would slow the editor down. Mend some of them, or raise `configlsp.maxProblems`.");

    private static IEnumerable<DiagnosticDescriptor> Validation => [TooManyProblems];
}
