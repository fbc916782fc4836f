using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Lsp.Effective;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Lsp.Unopened;
using ConfigLsp.Server.Rpc;
using FileSystemWatcher = ConfigLsp.Server.Lsp.Protocol.FileSystemWatcher;

namespace ConfigLsp.Server.Lsp.Workspace;

/// <summary>Follows the folders and the files that the client watches for us. The store announces the documents that a change affects.</summary>
internal sealed class WorkspaceHandlers(SessionState state, WorkspaceSchemas schemas, SettingsFileList list, EffectiveSettings? effective)
{
    /// <summary>What the client is asked to watch: settings files, the workspace's own file, and every file that may be a schema.</summary>
    public static IReadOnlyList<FileSystemWatcher> Watchers { get; } = [new FileSystemWatcher("**/*.{json,jsonc}")];

    public void Register(RpcHandlers handlers)
    {
        handlers.OnNotification("workspace/didChangeWorkspaceFolders", LspJsonContext.Default.DidChangeWorkspaceFoldersParams, (parameters, _) =>
        {
            List<string> added = [.. (parameters.Event.Added ?? []).Select(folder => folder.Uri)];
            List<string> removed = [.. (parameters.Event.Removed ?? []).Select(folder => folder.Uri)];
            schemas.ChangeFolders(added, removed);
            effective?.ChangeFolders(added, removed);
            list.Changed();
            state.Pulse.Beat();
            return ValueTask.CompletedTask;
        });
        handlers.OnNotification("workspace/didChangeWatchedFiles", LspJsonContext.Default.DidChangeWatchedFilesParams, (parameters, _) =>
        {
            FilesChanged(parameters.Changes);
            return ValueTask.CompletedTask;
        });
    }

    private void FilesChanged(IReadOnlyList<FileEvent> changes)
    {
        bool isWorkspaceFile = false;
        foreach (FileEvent change in changes)
        {
            if (!DocumentUri.TryParse(change.Uri, out DocumentUri? uri))
                continue;
            isWorkspaceFile |= uri.Name == WorkspaceConfiguration.FileName;
            schemas.Store.Invalidate(uri);
        }

        if (isWorkspaceFile)
            schemas.ReloadFolders();
        list.Changed();
        state.Pulse.Beat();
    }
}
