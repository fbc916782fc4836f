using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>What was found in a document that is a schema itself.</summary>
/// <param name="Problems">What cannot be used in it.</param>
/// <param name="Documents">The other documents that it refers to.</param>
internal sealed record SchemaInspection(ImmutableArray<SchemaProblem> Problems, ImmutableHashSet<DocumentUri> Documents)
{
    /// <summary>Compiles the whole document, as it is in the editor, with what it refers to.</summary>
    public static async Task<SchemaInspection> RunAsync(DocumentUri document, SyntaxTree tree, SchemaDocuments sources)
    {
        var registry = new SchemaRegistry();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var used = ImmutableHashSet.CreateBuilder<DocumentUri>();
        while (true)
        {
            var (schema, missing) = registry.Inspect(document.Text, tree);
            var loads = missing.Where(asked.Add).Take(SchemaRoot.MaxDocuments - used.Count).Select(uri => (Uri: uri, Load: LoadAsync(uri))).ToArray();
            if (loads.Length == 0)
            {
                return new SchemaInspection(schema.Problems, used.ToImmutable());
            }

            foreach (var (uri, load) in loads)
            {
                var loaded = await load;
                if (loaded.Tree is { } content)
                {
                    registry.Add(uri, content);
                }
                else
                {
                    registry.AddFailure(uri, loaded.Failure!.Reason);
                }
            }
        }

        Task<SchemaDocument> LoadAsync(string uri)
        {
            if (!DocumentUri.TryParse(uri, out var other))
            {
                return Task.FromResult(new SchemaDocument(Tree: null, new SchemaContent.Failed("It is not an absolute URI.")));
            }

            used.Add(other);
            return sources.GetAsync(other);
        }
    }
}
