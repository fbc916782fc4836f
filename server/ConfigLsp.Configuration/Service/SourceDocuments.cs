using ConfigLsp.Configuration.Errors;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Service;

/// <summary>Whether a document can be the content of a source.</summary>
internal static class SourceDocuments
{
    /// <summary>Why a document cannot be used; null if it can. One without any value counts as an object without members.</summary>
    public static ServiceError? FindFault(SyntaxTree tree, string source)
    {
        // What only warns, such as a comma too many, hinders nobody.
        if (!tree.Errors.IsEmpty && !tree.Root.IsNone)
        {
            var first = tree.Errors[0];
            var at = tree.Text.Lines.GetPosition(first.Span.Start, PositionEncoding.Utf16);

            // The finding's own message may quote the text, and so a secret.
            var message = $"The file of the source '{source}' has a syntax error at line {at.Line + 1}, column {at.Character + 1} ({first.Descriptor.Id}).";
            return new ServiceError(ServiceErrors.SourceInvalid, message) { Source = source };
        }

        return tree.Root.IsNone || tree.Root.Kind == SyntaxKind.Object
            ? null
            : new ServiceError(ServiceErrors.SourceInvalid, $"The file of the source '{source}' holds no object at the top level.") { Source = source };
    }
}
