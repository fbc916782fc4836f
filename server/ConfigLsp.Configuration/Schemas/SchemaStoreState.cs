using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>The settings of a <see cref="SchemaStore"/>. Immutable; a change makes another one.</summary>
/// <param name="Associations">Which schemas apply where.</param>
/// <param name="IsTrusted">Whether the workspace is trusted where there is no folder to be trusted or not.</param>
internal sealed record SchemaStoreState(SchemaAssociations Associations, bool IsTrusted)
{
    /// <summary>Folders outside of the workspace that schemas may come from all the same: those of files that the person opened or named.</summary>
    public ImmutableHashSet<string> OpenedFolders { get; init; } = [];

    /// <summary>The origins of http(s) addresses that the person named, which need no other trust.</summary>
    public ImmutableHashSet<string> NamedOrigins { get; init; } = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the person permits of downloading.</summary>
    public SchemaDownloadSettings Downloads { get; init; } = new();

    /// <summary>What is permitted to be downloaded. As with files, one folder without trust restricts all.</summary>
    public DownloadPermission Permission => new(Downloads, Access.IsUnrestricted) { NamedOrigins = NamedOrigins };

    /// <summary>The schemas written in place, by URI.</summary>
    public ImmutableDictionary<DocumentUri, SourceText> Inline { get; init; } = ImmutableDictionary<DocumentUri, SourceText>.Empty;

    /// <summary>Which files may be read as schemas. One folder without trust restricts all, since a schema is shared by all files.</summary>
    public SchemaFileAccess Access =>
        new(
            Associations.Folders.IsEmpty ? IsTrusted : Associations.Folders.All(static f => f.IsTrusted),
            [.. OpenedFolders, .. Associations.Folders.Select(static f => f.Uri.TryGetFilePath(out var path) ? path : null).OfType<string>()]);

    public SchemaStoreState WithAssociations(SchemaAssociations associations) => this with { Associations = associations, Inline = CollectInline(associations) };

    private static ImmutableDictionary<DocumentUri, SourceText> CollectInline(SchemaAssociations associations)
    {
        var inline = ImmutableDictionary.CreateBuilder<DocumentUri, SourceText>();
        foreach (var association in associations.Client.Associations)
        {
            Add(association.Schema);
        }

        foreach (var folder in associations.Folders)
        {
            Add(folder.Configuration.Schema);
            foreach (var association in folder.Configuration.Schemas)
            {
                Add(association.Schema);
            }
        }

        return inline.ToImmutable();

        void Add(SchemaReference? schema)
        {
            if (schema?.Inline is { } tree && DocumentUri.TryParse(schema.Uri, out var uri))
            {
                inline[uri] = tree.Text;
            }
        }
    }
}
