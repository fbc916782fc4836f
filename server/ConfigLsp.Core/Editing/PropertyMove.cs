using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>Moves a property to another place of its document, with the comments in and around it that are its own.</summary>
internal static class PropertyMove
{
    /// <summary>Whether the path of the property leads to it alone, so that removing what is there removes nothing else.</summary>
    public static bool IsPossible(SyntaxNode property)
    {
        foreach (var sibling in property.Parent.Children)
        {
            if (sibling != property && !sibling.NameSpan.IsEmpty && sibling.ContentEquals(property.GetUtf8()))
            {
                return false;
            }
        }

        return property.Value.IsValue && JsonPointer.Find(property.Tree.Root, property.Value.GetPointer()) == property.Value;
    }

    /// <summary>The changes of the text; none where what is around either place is too broken.</summary>
    /// <param name="property">The property.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="place">Its new place, which is free.</param>
    public static ImmutableArray<TextChange> Changes(SyntaxNode property, ImmutableArray<PathSegment> path, ImmutableArray<PathSegment> place)
    {
        var tree = property.Tree;
        var raw = Encoding.UTF8.GetString(property.Value.RawText);
        var json = HasCommentIn(tree, property.Value.Span) ? WithoutComments(property.Value) : raw;
        if (SettingsEditor.ApplyAll(tree, [new SettingsEdit.Unset(path), new SettingsEdit.Set(place, json)], EditOptions.Default)
            is not EditResult.Applied { IsNoChange: false } applied)
        {
            return [];
        }

        var pointer = string.Concat(place.Select(static segment => "/" + JsonPointer.Escape(segment.ToString())));
        var comments = CommentChanges(property, JsonPointer.Find(applied.Tree.Root, pointer));
        if (comments.IsEmpty)
        {
            return applied.Changes;
        }

        var commented = JsonParser.Parse(applied.Text.WithChanges(comments.AsSpan()));
        if (commented.Errors.Length != applied.Tree.Errors.Length || !SyntaxEquality.Instance.Equals(commented.Root, applied.Tree.Root))
        {
            return [];
        }

        var composition = new ChangeComposition(tree.Text);
        composition.Add(applied.Changes);
        composition.Add(comments);
        return composition.ToChanges();
    }

    /// <summary>What puts the comments of the old property to the new one, as it stands without them.</summary>
    private static ImmutableArray<TextChange> CommentChanges(SyntaxNode old, SyntaxNode value)
    {
        var siblings = new Siblings(old.Parent);
        var position = siblings.IndexOf(old);
        var text = old.Tree.Text;
        var above = CommentsIn(old.Tree, TextSpan.FromBounds(siblings.StartOf(position), old.Span.Start));
        var behind = CommentsIn(old.Tree, TextSpan.FromBounds(old.Span.End, Math.Max(old.Span.End, siblings.EndOf(position))));
        var inside = CommentsIn(old.Tree, TextSpan.FromBounds(old.NameSpan.End, old.Value.Span.Start));
        var hasCommentInValue = HasCommentIn(old.Tree, old.Value.Span);
        if (above.Length + behind.Length + inside.Length == 0 && !hasCommentInValue)
        {
            return [];
        }

        var property = value.Parent;
        var tree = value.Tree;
        var style = new DocumentStyle(tree, EditOptions.Default);
        var isOnOwnLine = Lines.IsFirst(tree.Text.Span, property.Span.Start);
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        var lead = new StringBuilder();
        foreach (var comment in above.Concat(inside))
        {
            lead.Append(isOnOwnLine ? text.ToString(comment) + style.EndOfLine(property.Span.Start) + style.LineIndent(property.Span.Start) : OnLine(text.ToString(comment)) + " ");
        }

        if (lead.Length > 0)
        {
            changes.Add(new TextChange(new TextSpan(property.Span.Start, 0), lead.ToString()));
        }

        if (hasCommentInValue)
        {
            changes.Add(new TextChange(value.Span, Indented(old, style.LineIndent(property.Span.Start))));
        }

        // Behind the comma, if one stands there, and before nothing but the end of the line.
        var end = Lines.SkipBlanks(tree.Text.Span, value.Span.End) is var next && next < tree.Text.Length && tree.Text.Span[next] == (byte)',' ? next + 1 : value.Span.End;
        var endsLine = Lines.SkipBlanks(tree.Text.Span, end) is var last && (last == tree.Text.Length || tree.Text.Span[last] is (byte)'\n' or (byte)'\r');
        if (behind.Length > 0)
        {
            changes.Add(new TextChange(new TextSpan(end, 0), string.Concat(behind.Select(comment => " " + (endsLine ? text.ToString(comment) : OnLine(text.ToString(comment)))))));
        }

        return changes.DrainToImmutable();
    }

    /// <summary>The old value as it was written, its lines moved to the new indentation.</summary>
    private static string Indented(SyntaxNode old, string indent)
    {
        var was = new DocumentStyle(old.Tree, EditOptions.Default).LineIndent(old.Span.Start);
        var lines = Encoding.UTF8.GetString(old.Value.RawText).Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            lines[i] = lines[i].StartsWith(was, StringComparison.Ordinal) ? indent + lines[i][was.Length..] : lines[i];
        }

        return string.Join('\n', lines);
    }

    /// <summary>A comment that something can follow on its line.</summary>
    private static string OnLine(string comment) =>
        comment.StartsWith("//", StringComparison.Ordinal) ? $"/*{comment[2..].Replace("*/", "* /", StringComparison.Ordinal)} */" : comment;

    /// <summary>The value with blanks in place of its comments.</summary>
    private static string WithoutComments(SyntaxNode value)
    {
        var bytes = value.RawText.ToArray();
        foreach (var comment in CommentsIn(value.Tree, value.Span))
        {
            bytes.AsSpan(comment.Start - value.Span.Start, comment.Length).Fill((byte)' ');
        }

        return Encoding.UTF8.GetString(bytes);
    }

    private static bool HasCommentIn(SyntaxTree tree, TextSpan span) => CommentsIn(tree, span).Length > 0;

    private static TextSpan[] CommentsIn(SyntaxTree tree, TextSpan span) => [.. tree.Comments.Where(span.Contains)];
}
