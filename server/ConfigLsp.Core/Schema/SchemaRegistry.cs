using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// The known schema documents, by URI, and what was compiled from them. Safe for use by several threads. It never loads anything: what a
/// schema needs is reported by <see cref="SchemaCompilation.MissingDocuments"/>.
/// </summary>
public sealed class SchemaRegistry
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CompiledEntry> _compiled = new(StringComparer.Ordinal);
    private SchemaDocuments _documents = SchemaDocuments.Empty;

    /// <summary>Adds a document, or replaces it: what was compiled from it is forgotten, other schemas stay.</summary>
    /// <param name="uri">Absolute URI of any scheme; a fragment is ignored.</param>
    /// <param name="tree">The document; errors in it make only the damaged parts accept everything.</param>
    public void Add(string uri, SyntaxTree tree) => Change(uri, new SchemaDocument(tree, Failure: null));

    /// <summary>Says that a document cannot be had, and why, in words for people. References to it accept everything.</summary>
    public void AddFailure(string uri, string reason) => Change(uri, new SchemaDocument(Tree: null, reason));

    /// <summary>Forgets a document or a failure, and what was compiled with it.</summary>
    public void Remove(string uri) => Change(uri, document: null);

    /// <summary>Whether the document was added. Embedded meta-schemas count.</summary>
    public bool Contains(string uri) => Find(uri) is not null;

    /// <summary>The document's tree, or null. Embedded meta-schemas are found too.</summary>
    public SyntaxTree? Find(string uri) => Volatile.Read(ref _documents).Find(SchemaDocuments.Normalize(uri))?.Tree;

    /// <summary>
    /// Compiles the document with this URI (a fragment selects a part of it), or returns what was compiled before. A document that is not
    /// there gives a schema that accepts everything and is named in <see cref="SchemaCompilation.MissingDocuments"/>.
    /// </summary>
    public SchemaCompilation Compile(string uri)
    {
        SchemaDocuments documents;
        lock (_gate)
        {
            if (_compiled.TryGetValue(uri, out var known))
            {
                return known.Compilation;
            }

            documents = _documents;
        }

        var compiler = new SchemaCompiler(documents);
        var compilation = compiler.Compile(uri);
        lock (_gate)
        {
            // A document may have changed meanwhile; then the result is still right for the caller, who began before, but not for later ones.
            if (ReferenceEquals(documents, _documents))
            {
                _compiled[uri] = new CompiledEntry(compilation, compiler.UsedDocuments);
            }
        }

        return compilation;
    }

    /// <summary>Compiles a schema that is not a document of its own, for instance one written in the client's settings. Not remembered.</summary>
    /// <param name="uri">A URI made up for it, which its relative references resolve against.</param>
    /// <param name="tree">The schema.</param>
    public SchemaCompilation Compile(string uri, SyntaxTree tree)
    {
        var documents = Volatile.Read(ref _documents);
        var own = documents.ByUri.SetItem(SchemaDocuments.Normalize(uri), new SchemaDocument(tree, Failure: null));
        return new SchemaCompiler(new SchemaDocuments(own)).Compile(uri);
    }

    /// <summary>
    /// Compiles a document that is itself edited as a schema, with all schemas in it, for <see cref="JsonSchema.Problems"/>: also what nothing refers
    /// to, or nothing yet, is looked at. Not remembered.
    /// </summary>
    /// <param name="uri">Its URI, which its relative references resolve against.</param>
    /// <param name="tree">Its text.</param>
    public SchemaCompilation Inspect(string uri, SyntaxTree tree)
    {
        var key = SchemaDocuments.Normalize(uri);
        var documents = Volatile.Read(ref _documents);
        return new SchemaCompiler(new SchemaDocuments(documents.ByUri.SetItem(key, new SchemaDocument(tree, Failure: null))), everything: true).Compile(key);
    }

    private void Change(string uri, SchemaDocument? document)
    {
        var key = SchemaDocuments.Normalize(uri);
        lock (_gate)
        {
            var changed = document is null ? _documents.ByUri.Remove(key) : _documents.ByUri.SetItem(key, document);
            _documents = new SchemaDocuments(changed);
            foreach (var (compiledUri, entry) in _compiled)
            {
                if (entry.UsedDocuments.Contains(key))
                {
                    _compiled.Remove(compiledUri);
                }
            }
        }
    }

    private sealed record CompiledEntry(SchemaCompilation Compilation, IReadOnlySet<string> UsedDocuments);
}
