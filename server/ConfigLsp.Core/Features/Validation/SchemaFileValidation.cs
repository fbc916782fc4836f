using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Validation;

/// <summary>
/// Adds to the findings about a schema file, which its meta-schema gives, what only compiling it tells: references that lead nowhere, regular
/// expressions that are not valid, identifiers given twice, vocabularies that are not known.
/// </summary>
public static class SchemaFileValidation
{
    /// <summary>The findings of both, by place; of two about the same value the one that explains more.</summary>
    /// <param name="found">What <see cref="DocumentValidation"/> found in the file.</param>
    /// <param name="problems">What compiling the file gave, perhaps also about other documents, which are left out.</param>
    /// <param name="uri">The URI under which the file was compiled.</param>
    /// <param name="options">The user's choices.</param>
    public static DiagnosticSet Add(DiagnosticSet found, ImmutableArray<SchemaProblem> problems, string uri, ValidationOptions options)
    {
        var notes = found.Diagnostics.Where(static d => d.Descriptor == DiagnosticCatalog.TooManyProblems).ToArray();
        var merged = found.Diagnostics.RemoveAll(static d => d.Descriptor == DiagnosticCatalog.TooManyProblems).ToList();
        var before = merged.Count;
        var own = UriReference.Parse(uri).WithoutFragment.ToString();
        foreach (var problem in problems)
        {
            var severity = options.Severities.GetValueOrDefault(problem.Descriptor.Id, problem.Descriptor.Severity);
            if (problem.SchemaUri != own || problem.Origin.Node.IsNone || severity == DiagnosticSeverity.Off)
            {
                continue;
            }

            var diagnostic = new Diagnostic(problem.Descriptor, PlaceOf(problem.Origin.Node), problem.Message)
            {
                Severity = severity,
                Data = new DiagnosticData { Path = problem.Pointer },
            };
            Merge(merged, before, diagnostic, problem.Origin.Node);
        }

        var hasMore = found.HasMore || merged.Count > options.MaxProblems;
        IEnumerable<Diagnostic> shown = merged.OrderBy(static d => d.Span.Start).ThenBy(static d => d.Span.Length).Take(options.MaxProblems);
        if (hasMore && notes.Length == 0)
        {
            var count = Math.Min(merged.Count, options.MaxProblems);
            notes = [new Diagnostic(DiagnosticCatalog.TooManyProblems, default, $"Only the first {count} problems are shown; there are more.")];
        }

        return merged.Count == before ? found : new DiagnosticSet([.. shown, .. notes], hasMore) { SecretSpans = found.SecretSpans };
    }

    /// <summary>The value, or of a long one its key.</summary>
    private static TextSpan PlaceOf(SyntaxNode place)
    {
        if (place.Kind is not (SyntaxKind.Object or SyntaxKind.Array))
        {
            return place.Span;
        }

        return place.Parent.Kind == SyntaxKind.Property ? place.Parent.NameSpan : new TextSpan(place.Span.Start, Math.Min(1, place.Span.Length));
    }

    private static void Merge(List<Diagnostic> merged, int before, Diagnostic diagnostic, SyntaxNode place)
    {
        var property = place.Parent.Kind == SyntaxKind.Property ? place.Parent.NameSpan : place.Span;
        for (var i = 0; i < before; i++)
        {
            var other = merged[i];
            if (other.Severity != DiagnosticSeverity.Error || (other.Span != place.Span && other.Span != property && other.Span != diagnostic.Span))
            {
                continue;
            }

            // The meta-schema knows that a regular expression is wrong, and only the compiler why. About all else the meta-schema says more.
            if (diagnostic.Descriptor == DiagnosticCatalog.InvalidPattern)
            {
                merged[i] = other with { Message = diagnostic.Message };
            }

            if (diagnostic.Descriptor == DiagnosticCatalog.InvalidPattern || diagnostic.Descriptor == DiagnosticCatalog.MalformedSchema)
            {
                return;
            }
        }

        merged.Add(diagnostic);
    }
}
