using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Core.Features.Completion;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Lsp.Lifecycle;
using ConfigLsp.Server.Lsp.Settings;
using WorkspaceFolder = ConfigLsp.Configuration.Workspace.WorkspaceFolder;

namespace ConfigLsp.Server.Lsp.Workspace;

/// <summary>
/// Puts together which schema applies to which file: the served folders with their <c>configlsp.json</c>, the client's settings and its
/// notification. The store says which documents each change affects.
/// </summary>
internal sealed class WorkspaceSchemas(WorkspaceSchemaOptions options, SchemaCatalog catalog, ClientContentSource client, ServerLog log, TimeProvider time) : IDisposable
{
    private static readonly string[] s_drafts =
    [
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema#",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema",
    ];

    private readonly IFileSystem _files = options.Files;
    private readonly Lock _lock = new();
    private List<DocumentUri> _folders = [];
    private LspSettings _settings = LspSettings.Default;
    private ReadOnlyMemory<byte> _notification;
    private bool _trusted;
    private SchemaStore? _store;

    /// <summary>Told, on any thread, of documents that have another schema than before.</summary>
    public Action<IReadOnlyCollection<DocumentUri>>? SchemasChanged { get; set; }

    public SchemaStore Store => _store ?? throw new InvalidOperationException("The client has not said yet which schemas it reads itself.");

    /// <summary>Whether the person trusts the folders.</summary>
    public bool IsTrusted => _trusted;

    /// <summary>The folders that are served.</summary>
    public IReadOnlyList<WorkspaceFolder> Folders => Store.Associations.Folders;

    /// <summary>The schemas that a document may name in <c>$schema</c>: those of the catalogue, and the drafts of JSON Schema.</summary>
    public ImmutableArray<KnownSchema> KnownSchemas =>
    [
        .. catalog.Entries.Select(static entry => new KnownSchema(entry.Url, entry.Name, entry.Description)),
        .. s_drafts.Select(static uri => new KnownSchema(uri, "JSON Schema", Description: null)),
    ];

    /// <summary>Prepares what depends on the client's own choices. Reads nothing, so that <c>initialize</c> is answered at once.</summary>
    public void Create(InitializationOptions initialization)
    {
        _trusted = initialization.IsTrusted;
        _store = new SchemaStore(new SchemaStoreOptions(_files, catalog)
        {
            ReadFromClient = client.ReadAsync,
            HandledProtocols = initialization.SchemaProtocols,
            ReadOpen = options.ReadOpen,
            Downloads = new SchemaDownloadOptions { Cache = options.Cache, Settings = LspSettings.Default.ToDownloadSettings() },
            LoadTimeout = SettingsReadiness.LongestWait,
            Time = time,
        });
        _store.SetTrust(_trusted);
        _store.SchemasChanged += (_, change) => SchemasChanged?.Invoke(change.Documents);
    }

    /// <summary>Serves these folders instead of what was served before, and reads their <c>configlsp.json</c>.</summary>
    /// <param name="folders">Their URIs; one that is none is left out.</param>
    public void Open(IEnumerable<string> folders)
    {
        lock (_lock)
        {
            _folders = [.. Parse(folders).Distinct()];
            LoadFolders();
        }
    }

    public void ChangeFolders(IEnumerable<string> added, IEnumerable<string> removed)
    {
        lock (_lock)
        {
            HashSet<DocumentUri> gone = [.. Parse(removed)];
            _folders = [.. _folders.Where(folder => !gone.Contains(folder)).Concat(Parse(added)).Distinct()];
            LoadFolders();
            UpdateAssociations();
        }
    }

    /// <summary>Reads the folders' <c>configlsp.json</c> again.</summary>
    public void ReloadFolders()
    {
        lock (_lock)
            LoadFolders();
    }

    public void Apply(LspSettings settings)
    {
        lock (_lock)
        {
            bool same = settings.JsonSchemas.Span.SequenceEqual(_settings.JsonSchemas.Span) && settings.OwnSchemas.Span.SequenceEqual(_settings.OwnSchemas.Span);
            _settings = settings;
            Store.SetDownloads(settings.ToDownloadSettings());
            if (!same)
                UpdateAssociations();
        }
    }

    /// <summary>Takes the parameter of <c>json/schemaAssociations</c>.</summary>
    public void Notified(JsonElement associations)
    {
        lock (_lock)
        {
            _notification = Encoding.UTF8.GetBytes(associations.GetRawText());
            UpdateAssociations();
        }
    }

    /// <summary>
    /// Whether our catalogue or a folder's <c>configlsp.json</c> says that the file holds settings. One in which they have only a section, such as
    /// VS Code's own settings, stays the file of that program.
    /// </summary>
    public bool IsSettingsFile(string uri) =>
        DocumentUri.TryParse(uri, out DocumentUri? document)
        && Store.Associations.SelectByName(document, Exists) is { Level: SchemaLevel.Workspace or SchemaLevel.Catalog } selection
        && selection.Schemas.Any(schema => schema.Section is null);

    /// <summary>A document has another text in the editor than before, or was opened or closed there: what uses it as a schema is checked again.</summary>
    public void ContentChanged(DocumentUri? uri)
    {
        if (uri is not null)
            Store.InvalidateContent(uri);
    }

    /// <summary>A document was closed.</summary>
    public void Forget(string uri)
    {
        if (DocumentUri.TryParse(uri, out DocumentUri? document))
            Store.Forget(document);
    }

    public void Dispose() => _store?.Dispose();

    private bool Exists(DocumentUri uri) => uri.TryGetFilePath(out string? path) && _files.GetStatus(path).IsSuccess;

    private void LoadFolders() => Store.SetWorkspaceFolders([.. _folders.Select(Load)]);

    /// <summary>Relative addresses in settings start from the first folder; entries for another one say so by <c>folderUri</c>.</summary>
    private void UpdateAssociations()
    {
        DocumentUri? first = _folders.FirstOrDefault();
        bool ignoreCase = !_files.IsCaseSensitive;
        ClientSchemas associations = ClientSchemas.FromSetting(_settings.JsonSchemas, "json.schemas", first, ignoreCase)
            .Concat(ClientSchemas.FromSetting(_settings.OwnSchemas, "configlsp.schemas", first, ignoreCase))
            .Concat(ClientSchemas.FromNotification(_notification, first, ignoreCase));
        foreach (string problem in associations.Problems)
            log.Warn(problem);
        Store.SetAssociations(associations);
    }

    private WorkspaceFolder Load(DocumentUri uri)
    {
        WorkspaceFolder folder = WorkspaceFolder.Load(_files, uri, _trusted, CancellationToken.None);
        if (folder.Failure is { } failure)
            log.Warn("The configlsp.json of a folder could not be read.", ("reason", failure.Kind.ToString()));
        return folder;
    }

    private static IEnumerable<DocumentUri> Parse(IEnumerable<string> uris)
    {
        foreach (string text in uris)
        {
            if (DocumentUri.TryParse(text, out DocumentUri? uri))
                yield return uri;
        }
    }
}
