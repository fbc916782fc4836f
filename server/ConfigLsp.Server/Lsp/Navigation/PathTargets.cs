using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Navigation;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Workspace;

namespace ConfigLsp.Server.Lsp.Navigation;

/// <summary>The file that a value names, where its schema says that it is a path.</summary>
internal sealed class PathTargets(WorkspaceSchemas workspace, IFileSystem files)
{
    /// <summary>
    /// The value under the caret and the file, which must be there. Relative paths start from the file that declares them. A folder that is not trusted
    /// leads to no file outside of it: not even whether one is there is told.
    /// </summary>
    public (SyntaxNode Value, string Uri)? Find(OpenDocument document, DocumentSnapshot snapshot, int offset, CancellationToken cancellation)
    {
        if (document.ParsedUri is not { IsFile: true } uri
            || SchemaPlaces.FindPath(snapshot, offset, cancellation) is not { IsNone: false } value
            || value.GetString() is not { Length: > 0 } text
            || text.Contains('\0', StringComparison.Ordinal)
            || !uri.TryGetFilePath(out string? file)
            || Path.GetDirectoryName(file) is not { } folder)
        {
            return null;
        }

        string path = Path.GetFullPath(text, folder);
        // Before anything looks there: to look at an address of another machine is to call it.
        if (!workspace.IsTrusted && !IsInOwnFolder(uri, path))
            return null;
        if (!files.GetStatus(path).TryGet(out FileStatus status, out _) || status.Kind != FileKind.File || !MayLeadTo(uri, path))
            return null;
        return (value, DocumentUri.FromFilePath(path).Text);
    }

    private bool IsInOwnFolder(DocumentUri document, string path) =>
        workspace.Store.Associations.FindFolder(document) is { } folder && folder.Uri.TryGetFilePath(out string? root) && FilePaths.IsWithin(root, path);

    private bool MayLeadTo(DocumentUri document, string path)
    {
        if (workspace.IsTrusted)
            return true;
        return workspace.Store.Associations.FindFolder(document) is { } folder
            && folder.Uri.TryGetFilePath(out string? root)
            && files.ResolveRealPath(root) is { IsSuccess: true, Value: var realRoot }
            && files.ResolveRealPath(path) is { IsSuccess: true, Value: var real }
            && FilePaths.IsWithin(realRoot, real);
    }
}
