using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>Finds the changes that an edit needs.</summary>
internal static class EditPlanner
{
    public static EditPlan Plan(SyntaxTree tree, SettingsEdit edit, EditOptions options)
    {
        if (edit.Path.Length > SettingsEdit.MaxPathLength)
        {
            return EditPlan.Refuse(EditRefusal.InvalidPath, $"The path has {edit.Path.Length} segments; at most {SettingsEdit.MaxPathLength} are possible.", null);
        }

        var style = new DocumentStyle(tree, options);
        return edit switch
        {
            SettingsEdit.Set set => Set(tree, set, style),
            SettingsEdit.Insert insert => Insert(tree, insert, style),
            _ => Unset(tree, edit),
        };
    }

    private static EditPlan Set(SyntaxTree tree, SettingsEdit.Set edit, DocumentStyle style)
    {
        if (NewValue.Read(edit.Json, out var value) is { } invalid)
        {
            return invalid;
        }

        var walk = PathWalk.Follow(tree, edit.Path);
        if (walk.Refusal is { } refusal)
        {
            return refusal;
        }

        if (walk.Depth == edit.Path.Length && !walk.Node.IsNone)
        {
            return Replace(walk, value, style);
        }

        if (!walk.Node.IsNone && Mismatch(edit, walk) is { } mismatch)
        {
            return mismatch;
        }

        if (FirstIndex(edit.Path, walk.Depth) is var index and >= 0)
        {
            return Absent(edit, index, walk.Node);
        }

        var item = new NewItem([.. edit.Path[walk.Depth..].Select(static segment => segment.Key)], value);
        if (walk.Node.IsNone)
        {
            return FirstValue.Into(tree, item, style);
        }

        var siblings = new Siblings(walk.Node);
        return Soundness.CheckClosed(walk.Node) ?? Insertion.At(siblings, siblings.Count, item, style);
    }

    private static EditPlan Replace(PathWalk walk, SyntaxNode value, DocumentStyle style)
    {
        var old = walk.Node;
        var start = walk.Item.IsNone ? old.Span.Start : walk.Item.Span.Start;
        if ((old.ChildCount > 0 ? Soundness.CheckClosed(old) : null) is { } open)
        {
            return open;
        }

        if (Soundness.Check(old.Tree, start, old.Span.End) is { } refusal)
        {
            return refusal;
        }

        if (SyntaxEquality.Instance.Equals(old, value))
        {
            return EditPlan.NoChange;
        }

        var container = walk.Item.IsNone ? old : walk.Item.Parent;
        var layout = StaysOnLine(walk, value)
            ? style.OnOneLine(container)
            : style.OnLines(container, old.Span.Start, style.LineIndent(old.Span.Start));
        return ValueWriter.Write([], intoObject: false, value, layout) is { } text
            ? new EditPlan([new TextChange(old.Span, text)], value, null)
            : TooLarge();
    }

    /// <summary>What stands on one line stays there: a value of the same kind, and a value that shares its line with others.</summary>
    private static bool StaysOnLine(PathWalk walk, SyntaxNode value)
    {
        var old = walk.Node;
        if (value.ChildCount == 0)
        {
            return true;
        }

        if (old.Kind == value.Kind && old.ChildCount > 0 && !Lines.HasBreak(old.RawText))
        {
            return true;
        }

        return !walk.Item.IsNone && !new Siblings(walk.Item.Parent).IsOnOwnLine(walk.Occurrences[^1]);
    }

    private static EditPlan Insert(SyntaxTree tree, SettingsEdit.Insert edit, DocumentStyle style)
    {
        if (NewValue.Read(edit.Json, out var value) is { } invalid)
        {
            return invalid;
        }

        if (edit.Index < 0)
        {
            return EditPlan.Refuse(EditRefusal.InvalidPath, $"The index is {edit.Index}; elements are counted from 0.", null);
        }

        var walk = PathWalk.Follow(tree, edit.Path);
        if (walk.Refusal is { } refusal)
        {
            return refusal;
        }

        if (walk.Node.IsNone)
        {
            return EditPlan.Refuse(EditRefusal.NotFound, "The document is empty, so there is no array to insert into; set one first.", null);
        }

        if (walk.Depth < edit.Path.Length)
        {
            return Mismatch(edit, walk) ?? Absent(edit, walk.Depth, walk.Node);
        }

        if (walk.Node.Kind != SyntaxKind.Array)
        {
            return EditPlan.Refuse(EditRefusal.NotAnArray, $"{edit.Pointer(walk.Depth)} is {Describe(walk.Node)}, so no element can be inserted.", walk.Node.Span);
        }

        if (Soundness.CheckClosed(walk.Node) is { } open)
        {
            return open;
        }

        var siblings = new Siblings(walk.Node);
        var index = edit.Index ?? siblings.Count;
        return index <= siblings.Count
            ? Insertion.At(siblings, index, new NewItem([], value), style)
            : EditPlan.Refuse(EditRefusal.NotFound, $"{edit.Pointer(walk.Depth)} has {siblings.Count} elements, so none can be inserted at {index}.", walk.Node.Span);
    }

    private static EditPlan Unset(SyntaxTree tree, SettingsEdit edit)
    {
        if (edit.Path.IsEmpty)
        {
            return EditPlan.Refuse(EditRefusal.InvalidPath, "The top-level value cannot be removed; name a property or an element.", null);
        }

        var walk = PathWalk.Follow(tree, edit.Path);
        if (walk.Refusal is { } refusal)
        {
            return refusal;
        }

        if (walk.Depth == edit.Path.Length)
        {
            return Removal.Of(new Siblings(walk.Item.Parent), walk.Occurrences);
        }

        if (walk.Depth == 0 && !walk.Node.IsNone && Mismatch(edit, walk) is { } mismatch)
        {
            return mismatch;
        }

        return FirstIndex(edit.Path, walk.Depth) is var index and >= 0 ? Absent(edit, index, walk.Node) : EditPlan.NoChange;
    }

    /// <summary>A refusal if something stands where the next segment leads through that cannot hold it.</summary>
    private static EditPlan? Mismatch(SettingsEdit edit, PathWalk walk)
    {
        var isIndex = edit.Path[walk.Depth].IsIndex;
        if (walk.Node.Kind == (isIndex ? SyntaxKind.Array : SyntaxKind.Object))
        {
            return null;
        }

        var (kind, needed) = isIndex ? (EditRefusal.NotAnArray, "an array") : (EditRefusal.NotAnObject, "an object");
        return EditPlan.Refuse(
            kind,
            $"{edit.Pointer(walk.Depth)} is {Describe(walk.Node)}, but must be {needed} to hold {edit.Pointer(walk.Depth + 1)}; change or remove it first.",
            walk.Node.Span);
    }

    private static EditPlan Absent(SettingsEdit edit, int depth, SyntaxNode near) =>
        EditPlan.Refuse(EditRefusal.NotFound, $"{edit.Pointer(depth + 1)} is not there.", near.IsNone ? null : near.Span);

    private static int FirstIndex(ImmutableArray<PathSegment> path, int from)
    {
        for (var i = from; i < path.Length; i++)
        {
            if (path[i].IsIndex)
            {
                return i;
            }
        }

        return -1;
    }

    private static EditPlan TooLarge() => EditPlan.Refuse(EditRefusal.TooLarge, $"The text would exceed {SourceText.MaxLength} bytes.", null);

    private static string Describe(SyntaxNode node) => node.Kind switch
    {
        SyntaxKind.Object => "an object",
        SyntaxKind.Array => "an array",
        SyntaxKind.String => "a string",
        SyntaxKind.Number => "a number",
        SyntaxKind.Null => "null",
        _ => "a boolean",
    };
}
