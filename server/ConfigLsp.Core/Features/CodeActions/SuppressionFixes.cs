using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Features.Suppression;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>Suppressing a finding by a comment, and mending such comments.</summary>
internal static class SuppressionFixes
{
    public static void Suppress(FixContext fix)
    {
        var rule = fix.Current.Descriptor;
        if (fix.Snapshot.Dialect.Comments != DiagnosticSeverity.Off || !DiagnosticCatalog.CanBeSuppressed(rule))
        {
            return;
        }

        var start = Lines.Start(fix.Text, fix.Span.Start);
        var title = $"Suppress {rule.Id} on this line";
        if (Above(fix, start) is { } above)
        {
            fix.Insert(title, above.Names[^1].Span.End, ", " + rule.Id);
        }
        else if (!IsInComment(fix, start))
        {
            var style = new DocumentStyle(fix.Tree, EditOptions.Default);
            var at = start == 0 && fix.Snapshot.Text.HasByteOrderMark ? 3 : start;
            fix.Insert(title, at, $"{style.LineIndent(at)}// {SuppressionComment.NextLine} {rule.Id}{style.EndOfLine(start)}");
        }
    }

    public static void Unknown(FixContext fix)
    {
        foreach (var suggestion in fix.Data?.Suggestions ?? [])
        {
            fix.Replace($"Change to {suggestion}", fix.Span, suggestion, preferred: fix.Data!.Suggestions.Length == 1);
        }

        Remove(fix, safe: false);
    }

    public static void Unused(FixContext fix) => Remove(fix, safe: true);

    private static void Remove(FixContext fix, bool safe)
    {
        foreach (var span in fix.Tree.Comments)
        {
            if (!span.Contains(fix.Span) || SuppressionComment.Parse(fix.Snapshot.Text, span) is not { } comment)
            {
                continue;
            }

            var index = comment.Names.FindIndex(name => name.Span == fix.Span);
            ImmutableArray<TextChange> changes = comment.Names.Count < 2 || index < 0
                ? [SyntaxFixes.Removal(fix, span)]
                : [new TextChange(index == 0 ? TextSpan.FromBounds(fix.Span.Start, comment.Names[1].Span.Start) : TextSpan.FromBounds(comment.Names[index - 1].Span.End, fix.Span.End), string.Empty)];
            fix.Add("Remove the suppression", changes, preferred: safe, safe: safe);
            return;
        }
    }

    /// <summary>The suppression that alone fills the line above, or null.</summary>
    private static SuppressionComment? Above(FixContext fix, int lineStart)
    {
        var end = Lines.SkipWhitespaceBack(fix.Text, lineStart);
        foreach (var span in CommentsFrom(fix, Lines.Start(fix.Text, end)))
        {
            if (span.End == end
                && Lines.IsFirst(fix.Text, span.Start)
                && SuppressionComment.Parse(fix.Snapshot.Text, span) is { Scope: SuppressionScope.NextLine, Names.Count: > 0 } comment)
            {
                return comment;
            }

            break;
        }

        return null;
    }

    private static IEnumerable<TextSpan> CommentsFrom(FixContext fix, int offset)
    {
        var index = fix.Tree.Comments.BinarySearch(new TextSpan(offset, 0), ByStart);
        for (index = index < 0 ? ~index : index; index < fix.Tree.Comments.Length; index++)
        {
            yield return fix.Tree.Comments[index];
        }
    }

    private static bool IsInComment(FixContext fix, int offset)
    {
        var index = fix.Tree.Comments.BinarySearch(new TextSpan(offset, 0), ByStart);
        var before = (index < 0 ? ~index : index) - 1;
        return before >= 0 && fix.Tree.Comments[before].End > offset;
    }

    private static readonly Comparer<TextSpan> ByStart = Comparer<TextSpan>.Create(static (left, right) => left.Start.CompareTo(right.Start));
}
