using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>Resolves a merge conflict by keeping one side, or both.</summary>
internal static class ConflictFixes
{
    public static void Resolve(FixContext fix)
    {
        if (fix.SafeOnly || FindMarkers(fix) is not { } markers)
        {
            return;
        }

        var (start, middle, separator, end) = markers;
        var kept = TextSpan.FromBounds(LineEnd(fix, start), (middle ?? separator).Start);
        var incoming = TextSpan.FromBounds(LineEnd(fix, separator), end.Start);
        var whole = TextSpan.FromBounds(start.Start, LineEnd(fix, end));
        fix.Add("Accept the current change", Keep(whole, kept));
        fix.Add("Accept the incoming change", Keep(whole, incoming));
        fix.Add("Accept both changes", Keep(whole, kept, incoming));
    }

    /// <summary>Removes everything of a span but the parts that stay.</summary>
    private static ImmutableArray<TextChange> Keep(TextSpan whole, params ReadOnlySpan<TextSpan> parts)
    {
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        var at = whole.Start;
        foreach (var part in parts)
        {
            changes.Add(new TextChange(TextSpan.FromBounds(at, part.Start), string.Empty));
            at = part.End;
        }

        changes.Add(new TextChange(TextSpan.FromBounds(at, whole.End), string.Empty));
        return changes.DrainToImmutable();
    }

    /// <summary>The markers of the conflict that the finding is one of, or null if one of them is missing.</summary>
    private static (TextSpan Start, TextSpan? Base, TextSpan Separator, TextSpan End)? FindMarkers(FixContext fix)
    {
        TextSpan? start = null, middle = null, separator = null;
        foreach (var error in fix.Tree.Errors)
        {
            if (error.Descriptor != DiagnosticCatalog.MergeConflict)
            {
                continue;
            }

            switch (fix.Text[error.Span.Start])
            {
                case (byte)'<':
                    (start, middle, separator) = (error.Span, null, null);
                    break;
                case (byte)'|':
                    middle = error.Span;
                    break;
                case (byte)'=':
                    separator = error.Span;
                    break;
                default:
                    if (start is { } from && separator is { } between && from.Start <= fix.Span.Start && error.Span.Start >= fix.Span.Start)
                    {
                        return (from, middle, between, error.Span);
                    }

                    start = null;
                    break;
            }
        }

        return null;
    }

    private static int LineEnd(FixContext fix, TextSpan marker) => marker.End == fix.Text.Length ? marker.End : Lines.BreakEnd(fix.Text, marker.End);
}
