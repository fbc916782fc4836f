using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ConfigLsp.Configuration.Globbing;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>
/// The schemas that the product brings along, and which files they check: <c>schemas/catalog.json</c> and the files that it names, embedded in
/// this assembly. Nothing is read before it is asked for.
/// </summary>
public sealed class SchemaCatalog
{
    private const string Folder = "schemas/";

    private readonly Lazy<Content> _content;

    /// <summary>Opens the embedded catalogue.</summary>
    /// <param name="ignoreCase">Whether its patterns match letters in either case, as Windows does it.</param>
    public SchemaCatalog(bool ignoreCase = false) => _content = new(() => Content.Read(ignoreCase));

    /// <summary>Where our schemas are published. What starts so is never fetched: it is embedded, or does not exist.</summary>
    public static string PublishedFolder => "https://configlsp.dev/schemas/";

    /// <summary>The schemas of settings files, in the order of the catalogue.</summary>
    public ImmutableArray<SchemaCatalogEntry> Entries => _content.Value.Entries;

    /// <summary>The patterns of files that are schemas themselves, each with the meta-schema of one that names none.</summary>
    internal ImmutableArray<(GlobSet FileMatch, string Url)> SchemaFiles => _content.Value.SchemaFiles;

    /// <summary>Names of files whose presence decides over a file beside them.</summary>
    internal ImmutableHashSet<string> Siblings => _content.Value.Siblings;

    /// <summary>Whether a URI names an embedded document: one of our schemas or a meta-schema of JSON Schema.</summary>
    /// <param name="uri">The URI; a fragment does not count, nor the difference between http and https.</param>
    public bool Contains(string uri) => _content.Value.Files.ContainsKey(Key(uri));

    /// <summary>The text of an embedded document; parameters as in <see cref="Contains"/>.</summary>
    public bool TryRead(string uri, [NotNullWhen(true)] out SourceText? text)
    {
        // The core brings the meta-schemas along itself, since it reads schemas by them.
        text = _content.Value.Files.TryGetValue(Key(uri), out var document)
            ? document.File is { } file ? ReadResource(file) : new SchemaRegistry().Find(document.Url)?.Text
            : null;
        return text is not null;
    }

    private static string Key(string uri)
    {
        var end = uri.IndexOf('#', StringComparison.Ordinal);
        var key = end < 0 ? uri : uri[..end];
        return key.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "https://" + key[7..] : key;
    }

    private static SourceText ReadResource(string file)
    {
        using var stream = typeof(SchemaCatalog).Assembly.GetManifestResourceStream(Folder + file)
            ?? throw new InvalidOperationException($"The catalogue names {file}, which is not embedded.");
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)stream.Length));
        stream.ReadExactly(bytes);
        return SourceText.FromUtf8(bytes);
    }

    /// <summary>A document that needs no reading from elsewhere: a file of this assembly, or (null) a meta-schema of the core.</summary>
    private readonly record struct EmbeddedDocument(string Url, string? File);

    private sealed record Content(ImmutableArray<SchemaCatalogEntry> Entries, Dictionary<string, EmbeddedDocument> Files, ImmutableArray<(GlobSet FileMatch, string Url)> SchemaFiles, ImmutableHashSet<string> Siblings)
    {
        public static Content Read(bool ignoreCase)
        {
            var root = JsonParser.Parse(ReadResource("catalog.json")).Root;
            var entries = ImmutableArray.CreateBuilder<SchemaCatalogEntry>();
            var files = new Dictionary<string, EmbeddedDocument>(StringComparer.OrdinalIgnoreCase);
            foreach (var node in root.Property("schemas"u8).Elements(int.MaxValue))
            {
                var url = Required(node, "url"u8);
                files[Key(url)] = new EmbeddedDocument(url, Required(node, "file"u8));
                entries.Add(new SchemaCatalogEntry(Required(node, "name"u8), Required(node, "description"u8), url, Required(node, "file"u8))
                {
                    FileMatch = GlobSet.Create(node.Property("fileMatch"u8).Texts(), ignoreCase),
                    RequiresSibling = node.Property("requiresSibling"u8).Text(),
                });
            }

            var schemaFiles = ImmutableArray.CreateBuilder<(GlobSet FileMatch, string Url)>();
            foreach (var node in root.Property("metaSchemas"u8).Elements(int.MaxValue))
            {
                var url = Required(node, "url"u8);
                files[Key(url)] = new EmbeddedDocument(url, File: null);
                if (!node.Property("fileMatch"u8).IsNone)
                {
                    schemaFiles.Add((GlobSet.Create(node.Property("fileMatch"u8).Texts(), ignoreCase), url));
                }
            }

            return new Content(entries.ToImmutable(), files, schemaFiles.ToImmutable(), [.. entries.Select(static e => e.RequiresSibling).OfType<string>()]);
        }

        private static string Required(SyntaxNode node, ReadOnlySpan<byte> name) =>
            node.Property(name).Text() ?? throw new InvalidOperationException("An entry of the embedded catalogue is incomplete.");
    }
}
