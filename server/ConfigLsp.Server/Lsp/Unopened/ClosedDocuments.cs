using System.Collections.Concurrent;
using ConfigLsp.Configuration.Documents;

namespace ConfigLsp.Server.Lsp.Unopened;

/// <summary>
/// The documents that were closed, and whether the client has been told since what holds for their files. What it shows of a document when it closes it
/// may be of a text that was never saved, or of a file that nobody looks at any more. Safe for use by several threads.
/// </summary>
internal sealed class ClosedDocuments
{
    /// <summary>
    /// The answer to a request that a client makes while it closes a document may reach it after the first telling, and have it show again what is
    /// no longer true.
    /// </summary>
    private const int Tellings = 2;

    /// <summary>Beyond this they are forgotten; the next change of a file tells of it all the same.</summary>
    private const int MaxDocuments = 10_000;

    private readonly ConcurrentDictionary<DocumentUri, Closing> _closed = new();
    private long _count;

    /// <summary>The documents of which there is something to tell.</summary>
    public IReadOnlyCollection<ClosedDocument> Untold =>
        [.. _closed.Where(static entry => entry.Value.Tellings > 0).Select(static entry => new ClosedDocument(entry.Key, entry.Value.Number))];

    /// <summary>Takes note of a closing.</summary>
    public void Add(DocumentUri uri)
    {
        if (_closed.Count >= MaxDocuments)
            _closed.Clear();
        _closed[uri] = new Closing(Interlocked.Increment(ref _count), Tellings);
    }

    /// <summary>Tells the closings of one document apart; 0 where it was never closed.</summary>
    public long NumberOf(DocumentUri uri) => _closed.TryGetValue(uri, out Closing known) ? known.Number : 0;

    /// <summary>The client was told. A document that was closed again meanwhile is told of again.</summary>
    public void Told(ClosedDocument document)
    {
        while (_closed.TryGetValue(document.Uri, out Closing known) && known.Number == document.Number && known.Tellings > 0)
        {
            if (_closed.TryUpdate(document.Uri, known with { Tellings = known.Tellings - 1 }, known))
                return;
        }
    }

    private readonly record struct Closing(long Number, int Tellings);
}

/// <summary>A document, and which one of its closings is meant.</summary>
internal readonly record struct ClosedDocument(DocumentUri Uri, long Number);
