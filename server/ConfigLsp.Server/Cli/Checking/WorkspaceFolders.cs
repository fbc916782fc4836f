using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>Finds the workspace of a file that is named and not looked for.</summary>
internal static class WorkspaceFolders
{
    /// <summary>The nearest workspace above; else the current folder if the file is in it, as patterns are meant; else the file's own folder.</summary>
    public static WorkspaceFolder Load(CommandLineHost host, string filePath, Func<string, bool> isTrusted, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(filePath) ?? filePath;
        var root = WorkspaceLocator.Find(host.Files, folder, host.Placeholders.HomeFolder)
            ?? (new FileLocator(host.WorkingDirectory).Locate(filePath).IsRelative ? host.WorkingDirectory : folder);
        return WorkspaceFolder.Load(host.Files, DocumentUri.FromFilePath(root), isTrusted(root), cancellationToken);
    }
}
