using System.Collections.Immutable;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Server.Lsp.Diagnostics;

/// <summary>Says in the document which schemas could not be loaded, since it is checked less than its author thinks.</summary>
internal static class SchemaLoadFindings
{
    /// <summary>The findings with those about loading in front, so that a limit on their number cannot hide them.</summary>
    public static DiagnosticSet Add(DiagnosticSet found, SchemaLookup lookup, SyntaxTree tree, ImmutableDictionary<string, DiagnosticSeverity> severities)
    {
        if (lookup.Problems.IsEmpty)
            return found;
        DiagnosticSeverity severity = severities.GetValueOrDefault(DiagnosticCatalog.SchemaNotLoaded.Id, DiagnosticCatalog.SchemaNotLoaded.Severity);
        if (severity == DiagnosticSeverity.Off)
            return found;
        IEnumerable<Diagnostic> problems = lookup.Problems.Select(problem => problem.ToDiagnostic(tree) with { Severity = severity });
        return found with { Diagnostics = found.Diagnostics.InsertRange(0, problems) };
    }
}
