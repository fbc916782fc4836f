using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>
/// Compares the tree before with the tree after an edit: at the path is what was asked for, everything else is the same to the byte, and no
/// syntax error came or went. It knows the edit and the two trees, but nothing of how the text was changed. Linear in the text.
/// </summary>
internal static class EditVerification
{
    public static bool Holds(SyntaxTree before, SyntaxTree after, SettingsEdit edit, SyntaxNode wanted, ImmutableArray<TextChange> changes) =>
        HasSameErrors(before, after, changes) && HasAskedValue(before, after, edit, wanted);

    private static bool HasSameErrors(SyntaxTree before, SyntaxTree after, ImmutableArray<TextChange> changes)
    {
        if (before.Errors.Length != after.Errors.Length || after.HasMoreErrors || after.TrailingCommas.Length > before.TrailingCommas.Length)
        {
            return false;
        }

        // Errors and changes are both ordered by offset, so one pass over both moves each error by what was changed before it.
        var (next, moved) = (0, 0);
        for (var i = 0; i < before.Errors.Length; i++)
        {
            var (old, now) = (before.Errors[i], after.Errors[i]);
            for (; next < changes.Length && changes[next].Span.End <= old.Span.Start; next++)
            {
                moved += changes[next].NewText.Length - changes[next].Span.Length;
            }

            if (old.Descriptor != now.Descriptor || old.Span.Start + moved != now.Span.Start)
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasAskedValue(SyntaxTree before, SyntaxTree after, SettingsEdit edit, SyntaxNode wanted)
    {
        if (before.Root.IsNone)
        {
            return after.Document.ChildCount == 1 && IsWrapped(after.Root, edit.Path.AsSpan(), wanted);
        }

        if (!OthersAreSame(before.Document, after.Document, changed: 0))
        {
            return false;
        }

        var (old, now) = (before.Root, after.Root);
        var path = edit.Path.AsSpan();
        while (!IsLast(old, path, edit))
        {
            var position = PositionOf(old, path[0]);
            if (old.Kind != now.Kind || !IsClosed(old, now) || !OthersAreSame(old, now, position))
            {
                return false;
            }

            (old, now) = (ChildAt(old, position), ChildAt(now, position));
            if (old.Kind == SyntaxKind.Property)
            {
                if (!old.GetUtf8().SequenceEqual(now.GetUtf8()))
                {
                    return false;
                }

                (old, now) = (old.Value, now.Value);
            }

            path = path[1..];
        }

        return edit switch
        {
            SettingsEdit.Set when path.IsEmpty => SyntaxEquality.Instance.Equals(now, wanted),
            SettingsEdit.Set => IsClosed(old, now) && IsWith(old, now, now.ChildCount - 1) && IsWrappedProperty(ChildAt(now, now.ChildCount - 1), path, wanted),
            SettingsEdit.Insert insert => IsClosed(old, now) && IsWith(old, now, insert.Index ?? old.ChildCount)
                && SyntaxEquality.Instance.Equals(ChildAt(now, insert.Index ?? old.ChildCount), wanted),
            _ => IsClosed(old, now) && IsWithout(old, now, path[0]),
        };
    }

    /// <summary>Whether the edit changes <paramref name="node"/> itself or its list of children, rather than something deeper.</summary>
    private static bool IsLast(SyntaxNode node, ReadOnlySpan<PathSegment> path, SettingsEdit edit) =>
        path.IsEmpty || (path.Length == 1 && edit is SettingsEdit.Unset) || PositionOf(node, path[0]) < 0;

    private static bool IsClosed(SyntaxNode old, SyntaxNode now) => old.Kind == now.Kind && !old.IsUnterminated && !now.IsUnterminated;

    /// <summary>The position of the child that counts: the last of those with the name.</summary>
    private static int PositionOf(SyntaxNode node, PathSegment segment)
    {
        if (segment.IsIndex)
        {
            return node.Kind == SyntaxKind.Array && segment.Index < node.ChildCount ? segment.Index : -1;
        }

        var (position, found) = (0, -1);
        foreach (var child in node.Children)
        {
            found = IsNamed(child, segment.Key) ? position : found;
            position++;
        }

        return found;
    }

    private static bool IsNamed(SyntaxNode child, string key) =>
        child.Kind == SyntaxKind.Property && !child.NameSpan.IsEmpty && string.Equals(child.GetString(), key, StringComparison.Ordinal);

    private static SyntaxNode ChildAt(SyntaxNode node, int position)
    {
        foreach (var child in node.Children)
        {
            if (position-- == 0)
            {
                return child;
            }
        }

        return default;
    }

    private static bool OthersAreSame(SyntaxNode old, SyntaxNode now, int changed)
    {
        if (old.ChildCount != now.ChildCount)
        {
            return false;
        }

        var next = now.Children.GetEnumerator();
        foreach (var child in old.Children)
        {
            if (!next.MoveNext() || (changed-- != 0 && !AreSame(child, next.Current)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether <paramref name="now"/> has the children of <paramref name="old"/> and one more at a position.</summary>
    private static bool IsWith(SyntaxNode old, SyntaxNode now, int position)
    {
        if (now.ChildCount != old.ChildCount + 1)
        {
            return false;
        }

        var next = old.Children.GetEnumerator();
        foreach (var child in now.Children)
        {
            if (position-- != 0 && !(next.MoveNext() && AreSame(next.Current, child)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether <paramref name="now"/> has exactly those children of <paramref name="old"/> that the segment does not mean.</summary>
    private static bool IsWithout(SyntaxNode old, SyntaxNode now, PathSegment segment)
    {
        var next = now.Children.GetEnumerator();
        var position = 0;
        foreach (var child in old.Children)
        {
            var isMeant = segment.IsIndex ? position == segment.Index : IsNamed(child, segment.Key);
            position++;
            if (!isMeant && !(next.MoveNext() && AreSame(child, next.Current)))
            {
                return false;
            }
        }

        return !next.MoveNext();
    }

    private static bool IsWrapped(SyntaxNode node, ReadOnlySpan<PathSegment> keys, SyntaxNode wanted) =>
        keys.IsEmpty
            ? SyntaxEquality.Instance.Equals(node, wanted)
            : node.Kind == SyntaxKind.Object && node.ChildCount == 1 && IsWrappedProperty(ChildAt(node, 0), keys, wanted);

    private static bool IsWrappedProperty(SyntaxNode property, ReadOnlySpan<PathSegment> keys, SyntaxNode wanted) =>
        IsNamed(property, keys[0].Key) && IsWrapped(property.Value, keys[1..], wanted);

    /// <summary>Whether two nodes of two trees have the same bytes and the same nodes in them at the same places.</summary>
    private static bool AreSame(SyntaxNode old, SyntaxNode now)
    {
        var count = old.EndIndex - old.Index;
        if (count != now.EndIndex - now.Index || !old.RawText.SequenceEqual(now.RawText))
        {
            return false;
        }

        var shift = now.Span.Start - old.Span.Start;
        for (var i = 0; i < count; i++)
        {
            var left = old.Tree.Nodes[old.Index + i];
            var right = now.Tree.Nodes[now.Index + i];
            if (left.Kind != right.Kind || left.Flags != right.Flags || left.Extent != right.Extent
                || left.Start + shift != right.Start || left.End + shift != right.End || left.Next - old.Index != right.Next - now.Index)
            {
                return false;
            }
        }

        return true;
    }
}
