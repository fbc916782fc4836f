using System.Collections.Concurrent;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>A schema document as it was read: its tree, or why there is none.</summary>
internal sealed record SchemaDocument(SyntaxTree? Tree, SchemaContent.Failed? Failure);

/// <summary>The schema documents that were read or are being read: each one once, however many ask for it.</summary>
internal sealed class SchemaDocuments(ISchemaContentSource source, CancellationToken lifetime)
{
    private readonly ConcurrentDictionary<DocumentUri, Lazy<Task<SchemaDocument>>> _documents = new();

    /// <summary>The document. The load is shared, so no caller's cancellation ends it.</summary>
    public Task<SchemaDocument> GetAsync(DocumentUri uri) =>
        _documents.GetOrAdd(uri, static (key, self) => new Lazy<Task<SchemaDocument>>(() => self.LoadAsync(key)), this).Value;

    /// <summary>Forgets a document, so that it is read again; false if it was not known.</summary>
    public bool Remove(DocumentUri uri) => _documents.TryRemove(uri, out _);

    /// <summary>All documents, also those that are still being read.</summary>
    public IEnumerable<DocumentUri> All => _documents.Keys;

    /// <summary>The documents that were read of which something holds.</summary>
    public IEnumerable<DocumentUri> Where(Func<DocumentUri, SchemaDocument, bool> predicate) =>
        _documents
            .Where(d => d.Value is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } task } && predicate(d.Key, task.Result))
            .Select(static d => d.Key);

    private async Task<SchemaDocument> LoadAsync(DocumentUri uri)
    {
        try
        {
            return await source.ReadAsync(uri.Text, lifetime) switch
            {
                SchemaContent.Loaded loaded => Parse(loaded),
                SchemaContent.Failed failed => new SchemaDocument(Tree: null, failed),
                var other => throw new InvalidOperationException($"Unknown content {other}."),
            };
        }
        catch
        {
            // A bug in a source must not make the document unreadable for ever.
            _documents.TryRemove(uri, out _);
            throw;
        }
    }

    private static SchemaDocument Parse(SchemaContent.Loaded content)
    {
        var tree = JsonParser.Parse(content.Text);
        if (tree.Errors is [var first, ..])
        {
            var line = tree.Text.Lines.GetLine(first.Span.Start) + 1;
            return new SchemaDocument(Tree: null, new SchemaContent.Failed($"Line {line} is not valid JSON: {first.Message}"));
        }

        return tree.Root.Kind is SyntaxKind.Object or SyntaxKind.True or SyntaxKind.False
            ? new SchemaDocument(tree, Failure: null)
            : new SchemaDocument(Tree: null, new SchemaContent.Failed("It is not a JSON Schema, which is an object or a boolean."));
    }
}
