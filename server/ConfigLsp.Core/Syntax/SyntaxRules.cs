using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Syntax;

/// <summary>The findings about a text that need no schema: the parser's errors, what the dialect forbids, and duplicated keys.</summary>
public static class SyntaxRules
{
    /// <summary>All findings, ordered by offset; at most <paramref name="limit"/> of each sort.</summary>
    public static ImmutableArray<Diagnostic> Check(SyntaxTree tree, SyntaxDialect dialect, int limit, CancellationToken cancellationToken) =>
        Collect(tree, dialect, limit, DuplicateKeys.FindObjects(tree, limit, cancellationToken));

    /// <summary>The same where the objects with duplicated keys are known.</summary>
    internal static ImmutableArray<Diagnostic> Collect(SyntaxTree tree, SyntaxDialect dialect, int limit, ImmutableArray<int> objectsWithDuplicates)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        found.AddRange(tree.Errors.AsSpan()[..Math.Min(limit, tree.Errors.Length)]);
        if (dialect.Comments != DiagnosticSeverity.Off)
        {
            foreach (var comment in tree.Comments.AsSpan()[..Math.Min(limit, tree.Comments.Length)])
            {
                found.Add(new Diagnostic(DiagnosticCatalog.CommentNotPermitted, comment, "Plain JSON has no comments; remove it.") { Severity = dialect.Comments });
            }
        }

        if (dialect.TrailingCommas != DiagnosticSeverity.Off)
        {
            foreach (var comma in tree.TrailingCommas.AsSpan()[..Math.Min(limit, tree.TrailingCommas.Length)])
            {
                found.Add(new Diagnostic(DiagnosticCatalog.TrailingComma, new TextSpan(comma, 1), "A trailing comma; remove it.") { Severity = dialect.TrailingCommas });
            }
        }

        var own = found.Count;
        DuplicateKeys.Report(tree, objectsWithDuplicates, limit, found);
        if (found.Count != own || own != tree.Errors.Length)
        {
            found.Sort(static (left, right) => left.Span.Start.CompareTo(right.Span.Start));
        }

        return found.DrainToImmutable();
    }
}
