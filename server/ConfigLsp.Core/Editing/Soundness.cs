using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>Whether the text is sound where an edit touches it. Errors elsewhere do not matter.</summary>
internal static class Soundness
{
    /// <summary>A refusal if an error lies in or at the bytes from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public static EditResult.Refused? Check(SyntaxTree tree, int start, int end) => Check(tree, [TextSpan.FromBounds(start, end)]);

    /// <summary>A refusal if an error lies in or at one of the pieces, which are in order and apart.</summary>
    public static EditResult.Refused? Check(SyntaxTree tree, List<TextSpan> pieces)
    {
        foreach (var error in tree.Errors)
        {
            // What is wrong inside a token ends with the token; what stands beside it is sound. A missing comma is wrong on both sides.
            var (from, to) = IsInsideToken(error.Descriptor) ? (error.Span.Start + 1, error.Span.End - 1) : (error.Span.Start, error.Span.End);
            var (low, high) = (0, pieces.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = pieces[middle].End < from ? (middle + 1, high) : (low, middle);
            }

            if (low < pieces.Count && pieces[low].Start <= to)
            {
                return Refuse(error);
            }
        }

        return null;
    }

    /// <summary>A refusal if the property's name and colon are not as the grammar wants them, or its value is none.</summary>
    public static EditResult.Refused? CheckProperty(SyntaxNode property)
    {
        var value = property.Value;
        var text = property.Tree.Text.Span;
        if (!value.IsValue)
        {
            return CheckValue(value);
        }

        var gap = Gap.Read(text, property.NameSpan.End, value.Span.Start, (byte)':');
        if (property.IsUnterminated || text[property.Span.Start] != (byte)'"' || gap.Separator < 0 || gap.Stray >= 0)
        {
            return new EditResult.Refused(EditRefusal.SyntaxError, "The property is not written as JSON wants it; mend its name and its colon first.", property.NameSpan);
        }

        return Check(property.Tree, property.Span.Start, value.Span.Start);
    }

    /// <summary>A refusal if the node is a gap or garbage.</summary>
    public static EditResult.Refused? CheckValue(SyntaxNode value) =>
        value.IsValue ? null : new EditResult.Refused(EditRefusal.SyntaxError, "There is no sound value at this place; mend it by hand first.", value.Span);

    /// <summary>A refusal if the object or array is not closed.</summary>
    public static EditResult.Refused? CheckClosed(SyntaxNode container) =>
        container.IsUnterminated
            ? new EditResult.Refused(EditRefusal.SyntaxError, "The object or array around this place is not closed; mend it by hand first.", new(container.Span.Start, 1))
            : null;

    /// <summary>A refusal if more errors than the tree lists are in the text, so that nobody knows where.</summary>
    public static EditResult.Refused? CheckErrorCount(SyntaxTree tree) =>
        tree.HasMoreErrors
            ? new EditResult.Refused(EditRefusal.SyntaxError, $"The text has more than {tree.Errors.Length} syntax errors; mend it by hand first.", tree.Errors[0].Span)
            : null;

    private static EditResult.Refused Refuse(Diagnostic error) =>
        new(EditRefusal.SyntaxError, $"The text is broken at the place of the edit: {error.Descriptor.Title}; mend it by hand first.", error.Span);

    private static bool IsInsideToken(DiagnosticDescriptor descriptor) =>
        descriptor == DiagnosticCatalog.InvalidLiteral
        || descriptor == DiagnosticCatalog.InvalidNumber
        || descriptor == DiagnosticCatalog.InvalidEscape
        || descriptor == DiagnosticCatalog.ControlCharacter
        || descriptor == DiagnosticCatalog.SingleQuotedString
        || descriptor == DiagnosticCatalog.UnquotedKey
        || descriptor == DiagnosticCatalog.InvalidEncoding;
}
