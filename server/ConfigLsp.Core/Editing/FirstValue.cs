using System.Text;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>Writes the first value into a document that has none: it is empty, or holds only comments, which stay above.</summary>
internal static class FirstValue
{
    public static EditPlan Into(SyntaxTree tree, NewItem item, DocumentStyle style)
    {
        if (!tree.Errors.IsEmpty)
        {
            return EditPlan.Refuse(EditRefusal.SyntaxError, "The document has no value, only text that is not JSON; remove that first.", tree.Errors[0].Span);
        }

        var text = tree.Text.Span;
        var start = tree.Comments.IsEmpty ? (tree.Text.HasByteOrderMark ? 3 : 0) : tree.Comments[^1].End;
        var layout = style.OnLines(tree.Document, text.Length, "");
        if (ValueWriter.Write(item.Keys, intoObject: false, item.Value, layout) is not { } value)
        {
            return EditPlan.Refuse(EditRefusal.TooLarge, $"The text would exceed {SourceText.MaxLength} bytes.", null);
        }

        // Empty lines below the header stay; blanks that would indent the value do not.
        var head = "";
        if (!tree.Comments.IsEmpty)
        {
            var lastBreak = text[start..].LastIndexOfAny((byte)'\n', (byte)'\r');
            head = lastBreak < 0 ? layout.EndOfLine : "";
            start += lastBreak + 1;
        }

        byte[] added = [.. Encoding.ASCII.GetBytes(head), .. value, .. Encoding.ASCII.GetBytes(layout.EndOfLine)];
        return new EditPlan([new TextChange(TextSpan.FromBounds(start, text.Length), added)], item.Value, null);
    }
}
