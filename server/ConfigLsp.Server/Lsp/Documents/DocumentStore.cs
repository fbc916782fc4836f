using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Protocol;

namespace ConfigLsp.Server.Lsp.Documents;

/// <summary>The documents that the client has open. Changed in the request queue only; handlers that read are given an <see cref="OpenDocument"/>.</summary>
internal sealed class DocumentStore
{
    private readonly ConcurrentDictionary<string, OpenDocument> _documents = new(StringComparer.Ordinal);
    private long _stamp;

    /// <summary>The open documents at this moment.</summary>
    public IReadOnlyCollection<OpenDocument> All => [.. _documents.Values];

    public int Count => _documents.Count;

    public bool TryGet(string uri, [NotNullWhen(true)] out OpenDocument? document) => _documents.TryGetValue(uri, out document);

    /// <summary>The text of an open document, however the client spells its URI; null if it is not open.</summary>
    public SourceText? FindText(DocumentUri uri) => _documents.Values.FirstOrDefault(document => uri.Equals(document.ParsedUri))?.Text;

    /// <summary>Whether this version is still the one that the client has.</summary>
    public bool IsCurrent(OpenDocument document) => _documents.TryGetValue(document.Uri, out OpenDocument? current) && ReferenceEquals(current, document);

    /// <summary>Takes a document in. One that is open already is replaced, as a client that lost count would want.</summary>
    public OpenDocument Open(TextDocumentItem item)
    {
        var document = new OpenDocument(item.Uri, item.LanguageId, item.Version, ++_stamp, SourceText.FromUtf8(item.Text.Bytes));
        return _documents[item.Uri] = document;
    }

    /// <summary>Applies the changes, each to the result of the one before (LSP 3.17, <c>DidChangeTextDocumentParams</c>).</summary>
    /// <returns>The new version, or null when the document is not open.</returns>
    public OpenDocument? Change(DidChangeTextDocumentParams change, LspPositions positions)
    {
        if (!_documents.TryGetValue(change.TextDocument.Uri, out OpenDocument? document))
            return null;
        (SourceText text, TextChangeRange? range) = Apply(document.Text, change.ContentChanges, positions);
        int version = change.TextDocument.Version ?? document.Version + 1;
        return _documents[document.Uri] = document.With(version, ++_stamp, text, range);
    }

    /// <summary>Forgets a document; false when it was not open.</summary>
    public bool Close(string uri) => _documents.TryRemove(uri, out _);

    /// <summary>
    /// Edits that each lie wholly before the one before, as editors order those of many cursors, have the same positions in the text before all of
    /// them, and are applied at once: one by one, each would copy the whole text and search its lines again.
    /// </summary>
    private static (SourceText Text, TextChangeRange? Range) Apply(
        SourceText text, IReadOnlyList<TextDocumentContentChangeEvent> edits, LspPositions positions)
    {
        var batch = new List<TextChange>();
        TextChangeRange? range = new TextChangeRange();
        foreach (TextDocumentContentChangeEvent edit in edits)
        {
            if (edit.Range is not { } place)
            {
                batch.Clear();
                text = SourceText.FromUtf8(edit.Text.Bytes);
                range = null;
                continue;
            }

            var next = new TextChange(positions.ToSpan(text, place), edit.Text.Bytes);
            // One that touches the edit before may lie at a line break or a character that this edit has changed.
            if (batch.Count > 0 && next.Span.End >= batch[^1].Span.Start)
            {
                Flush();
                next = new TextChange(positions.ToSpan(text, place), edit.Text.Bytes);
            }

            batch.Add(next);
        }

        Flush();
        return (text, range);

        void Flush()
        {
            TextChangeRange flushed = TextChangeRange.Of([.. batch]);
            range = batch.Count == 0 ? range : range is { Span.Length: 0, NewLength: 0 } ? flushed : range?.Then(flushed);
            text = text.WithChanges([.. batch]);
            batch.Clear();
        }
    }
}
