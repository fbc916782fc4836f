using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>
/// Says what can be written at the caret: the keys that the schema knows and the object lacks, and the values that it names. Where no schema
/// speaks, what similar places of the same file hold.
/// </summary>
public static class CompletionFeature
{
    /// <summary>The completions at a byte offset.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CompletionList Complete(DocumentSnapshot snapshot, int offset, CancellationToken cancellationToken) =>
        Complete(snapshot, offset, CompletionContext.None, cancellationToken);

    /// <summary>The completions at a byte offset, with what is known from outside the document.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CompletionList Complete(DocumentSnapshot snapshot, int offset, CompletionContext context, CancellationToken cancellationToken)
    {
        if (CompletionPlace.Find(snapshot.Tree, offset) is not { } place)
        {
            return CompletionList.Empty;
        }

        var items = new CompletionItems(snapshot.Text, place, offset);
        if (place.IsKey)
        {
            KeyCompletions.Add(snapshot, place, items, cancellationToken);
        }
        else
        {
            ValueCompletions.Add(snapshot, place, context, items, cancellationToken);
        }

        return items.ToList();
    }

    /// <summary>
    /// The folder whose names <see cref="CompletionContext.PathEntries"/> should hold, where the value at the caret is a path: relative as it was
    /// typed, empty for the folder of the file. Null where no path is wanted.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static string? FindPathFolder(DocumentSnapshot snapshot, int offset, CancellationToken cancellationToken) =>
        snapshot.Schema is not null
        && CompletionPlace.Find(snapshot.Tree, offset) is { IsKey: false } place
        && place.Existing is { IsNone: true } or { Kind: SyntaxKind.String or SyntaxKind.Missing or SyntaxKind.Invalid }
        && SchemaExpansion.OfValue(snapshot, place, cancellationToken).Any(static schema => PathCompletions.IsPathFormat(schema.Format))
            ? PathCompletions.FolderOf(PathCompletions.Typed(snapshot.Text, place, offset))
            : null;
}
