using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>Finds out which schemas apply to a file, in the way that checking it does.</summary>
internal sealed class SchemaInquiry(CommandLineHost host, SchemaAccess access)
{
    private readonly FileLocator _locator = new(host.WorkingDirectory);

    /// <summary>Explains the schemas of a file. A file that does not exist is answered by its name.</summary>
    public async Task<FileResult<SchemaExplanation>> ExplainAsync(string path, CancellationToken cancellationToken)
    {
        var exists = true;
        if (!host.Files.ReadText(path, FileLimits.SettingsFile, cancellationToken).TryGet(out var text, out var failure))
        {
            if (failure.Kind != FileFailureKind.NotFound)
            {
                return failure;
            }

            (text, exists) = (SourceText.Empty, false);
        }

        var uri = DocumentUri.FromFilePath(path);
        using var store = SchemaStores.Create(host, access);
        var folder = WorkspaceFolders.Load(host, path, access.TrustIn(host), cancellationToken);
        store.SetWorkspaceFolders([folder]);
        var lookup = await store.GetSchemaAsync(uri, JsonParser.Parse(text), cancellationToken);
        var schemas = new List<ExplainedSchema>();
        foreach (var schemaUri in lookup.Uris)
        {
            schemas.Add(await ExplainAsync(store, lookup, folder, uri, schemaUri, cancellationToken));
        }

        return new SchemaExplanation(_locator.Locate(path).DisplayPath, exists, Name(lookup.Level), schemas);
    }

    private async Task<ExplainedSchema> ExplainAsync(
        SchemaStore store, SchemaLookup lookup, WorkspaceFolder folder, DocumentUri document, string schemaUri, CancellationToken cancellationToken)
    {
        var own = await store.GetSchemaByUriAsync(schemaUri, cancellationToken);
        var problems = own.Problems.Select(problem => problem.Referrer is null ? problem.Reason : $"{problem.Uri}: {problem.Reason}").ToList();
        if (own.Schema is { } schema)
        {
            problems.AddRange(schema.Problems.Select(problem => $"{problem.Pointer}: {problem.Message}"));
        }

        var origin = store.LoadedSchemas.FirstOrDefault(loaded => loaded.Uri == schemaUri)?.Origin;
        return new ExplainedSchema(schemaUri, own.Schema?.Root.Annotations.Title, Reason(lookup.Level, folder, document, schemaUri), origin, problems);
    }

    private string Reason(SchemaLevel level, WorkspaceFolder folder, DocumentUri document, string schemaUri)
    {
        var path = folder.Uri.TryGetRelativePath(document, out var relative) ? relative : document.Path.TrimStart('/');
        return level switch
        {
            SchemaLevel.Declared => "the file names it as $schema",
            SchemaLevel.Workspace => WorkspaceReason(folder, path, schemaUri),
            SchemaLevel.Catalog => CatalogReason(path, schemaUri),
            _ => "it was asked for",
        };
    }

    private string WorkspaceReason(WorkspaceFolder folder, string path, string schemaUri)
    {
        var file = folder.Configuration.Uri is { } uri ? _locator.Name(uri.Text) : WorkspaceConfiguration.FileName;
        var pattern = folder.Configuration.Schemas
            .Where(association => association.Schema.Uri == schemaUri)
            .Select(association => association.FileMatch.Match(path)?.Pattern)
            .FirstOrDefault(match => match is not null);
        return pattern is null ? $"the file is one of the sources in {file}" : $"{file} says so for {pattern}";
    }

    private string CatalogReason(string path, string schemaUri)
    {
        foreach (var entry in host.Catalog.Entries)
        {
            if (entry.Url == schemaUri && entry.FileMatch.Match(path) is { } pattern)
            {
                var beside = entry.RequiresSibling is { } sibling ? $" beside {sibling}" : string.Empty;
                return $"the catalogue's entry \"{entry.Name}\" covers {pattern.Pattern}{beside}";
            }
        }

        return "the catalogue says so";
    }

    private static string Name(SchemaLevel level) => level switch
    {
        SchemaLevel.Declared => "declared",
        SchemaLevel.Workspace => "workspace",
        SchemaLevel.Client => "client",
        SchemaLevel.Catalog => "catalog",
        _ => "none",
    };
}
