using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Lsp.Workspace;

/// <summary>Where the schemas of a session are read.</summary>
/// <param name="Files">The file system.</param>
/// <param name="ReadOpen">The text of a document that the client has open; null for any other.</param>
/// <param name="Cache">Where copies of downloaded schemas are kept; null for nowhere.</param>
internal sealed record WorkspaceSchemaOptions(IFileSystem Files, Func<DocumentUri, SourceText?> ReadOpen, SchemaCache? Cache);
