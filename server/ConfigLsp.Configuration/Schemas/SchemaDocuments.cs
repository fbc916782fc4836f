using System.Collections.Concurrent;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>A schema document as it was read: its tree, or why there is none.</summary>
internal sealed record SchemaDocument(SyntaxTree? Tree, SchemaContent.Failed? Failure)
{
    /// <summary>Where it was read; null where it was not.</summary>
    public SchemaOrigin? Origin { get; init; }
}

/// <summary>The schema documents that were read or are being read: each one once, however many ask for it.</summary>
internal sealed class SchemaDocuments(SchemaContentRouter source, CancellationToken lifetime)
{
    /// <summary>A document that is had only by the trust in another one stands apart, since who refers to it by itself must not get it.</summary>
    private readonly ConcurrentDictionary<(DocumentUri Uri, bool IsInherited), Lazy<Task<SchemaDocument>>> _documents = new();

    /// <summary>The document. The load is shared, so no caller's cancellation ends it.</summary>
    /// <param name="uri">Its URI.</param>
    /// <param name="isInherited">Whether a trusted document of the same origin refers to it.</param>
    public Task<SchemaDocument> GetAsync(DocumentUri uri, bool isInherited = false) =>
        _documents.GetOrAdd((uri, isInherited), static (key, self) => new Lazy<Task<SchemaDocument>>(() => self.LoadAsync(key)), this).Value;

    /// <summary>Forgets a document, so that it is read again.</summary>
    public void Remove(DocumentUri uri)
    {
        _documents.TryRemove((uri, false), out _);
        _documents.TryRemove((uri, true), out _);
    }

    /// <summary>The tree of a document that has been read, also of one that is had by the trust in another; null for any other.</summary>
    public SyntaxTree? FindLoaded(DocumentUri uri) => Loaded(uri, isInherited: false) ?? Loaded(uri, isInherited: true);

    /// <summary>All documents, also those that are still being read.</summary>
    public IEnumerable<DocumentUri> All => _documents.Keys.Select(static k => k.Uri).Distinct();

    /// <summary>The documents that were read of which something holds.</summary>
    public IEnumerable<DocumentUri> Where(Func<DocumentUri, SchemaDocument, bool> predicate) =>
        _documents
            .Where(d => d.Value is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } task } && predicate(d.Key.Uri, task.Result))
            .Select(static d => d.Key.Uri);

    /// <summary>Why a text is no schema, in a sentence; null if it is one.</summary>
    public static string? FindProblem(SourceText text) => FindProblem(JsonParser.Parse(text));

    private SyntaxTree? Loaded(DocumentUri uri, bool isInherited) =>
        _documents.TryGetValue((uri, isInherited), out var document) && document is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } task } ? task.Result.Tree : null;

    private async Task<SchemaDocument> LoadAsync((DocumentUri Uri, bool IsInherited) key)
    {
        try
        {
            return await source.ReadAsync(key.Uri.Text, key.IsInherited, lifetime) switch
            {
                SchemaContent.Loaded loaded => Parse(loaded),
                SchemaContent.Failed failed => new SchemaDocument(Tree: null, failed),
                var other => throw new InvalidOperationException($"Unknown content {other}."),
            };
        }
        catch
        {
            // A bug in a source must not make the document unreadable for ever.
            _documents.TryRemove(key, out _);
            throw;
        }
    }

    private static SchemaDocument Parse(SchemaContent.Loaded content)
    {
        var tree = JsonParser.Parse(content.Text);
        return FindProblem(tree) is { } problem
            ? new SchemaDocument(Tree: null, new SchemaContent.Failed(problem) { Brief = "it is not a schema" })
            : new SchemaDocument(tree, Failure: null) { Origin = content.Origin };
    }

    private static string? FindProblem(SyntaxTree tree)
    {
        if (tree.Errors is [var first, ..])
        {
            return $"Line {tree.Text.Lines.GetLine(first.Span.Start) + 1} is not valid JSON: {first.Message}";
        }

        return tree.Root.Kind is SyntaxKind.Object or SyntaxKind.True or SyntaxKind.False ? null : "It is not a JSON Schema, which is an object or a boolean.";
    }
}
