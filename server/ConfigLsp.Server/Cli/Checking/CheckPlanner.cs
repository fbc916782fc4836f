using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>Turns the arguments of <c>check</c> into a plan: finds the files and reads standard input.</summary>
internal sealed class CheckPlanner(CommandLineHost host, CheckRequest request, FileLocator locator)
{
    private readonly Func<string, bool> _isTrusted = request.Access.TrustIn(host);
    private readonly Dictionary<DocumentUri, WorkspaceFolder> _folders = [];
    private readonly List<CheckTarget> _targets = [];
    private readonly HashSet<FileFailure> _failures = [];

    /// <summary>How many files were found so far, for the progress line.</summary>
    public int Found => _targets.Count;

    /// <summary>Makes the plan. What cannot be read becomes a target of its own and stops nothing.</summary>
    /// <param name="onFirst">Told of the first file as soon as it is found.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<CheckPlan> CreateAsync(Action<CheckTarget.OnDisk, WorkspaceFolder> onFirst, CancellationToken cancellationToken)
    {
        var paths = request.Paths.Where(path => path != CheckRequest.StandardInput).ToList();
        if (paths.Count < request.Paths.Count)
        {
            await AddStandardInputAsync(cancellationToken);
        }

        if (paths.Count > 0 || request.Paths.Count == 0)
        {
            AddFiles(paths, onFirst, cancellationToken);
        }

        return new CheckPlan(
            _targets.OrderBy(target => target.Location?.DisplayPath ?? string.Empty, StringComparer.Ordinal).ToList(),
            [.. _folders.Values.OrderBy(folder => folder.Uri.Normalized, StringComparer.Ordinal)]);
    }

    private void AddFiles(List<string> paths, Action<CheckTarget.OnDisk, WorkspaceFolder> onFirst, CancellationToken cancellationToken)
    {
        var isFirst = true;
        var query = new SettingsFileQuery(paths, host.WorkingDirectory) { IsTrusted = _isTrusted };
        foreach (var item in new SettingsFileFinder(host.Files, host.Catalog, host.Placeholders).Find(query, cancellationToken))
        {
            switch (item)
            {
                case SettingsFile file:
                    var target = new CheckTarget.OnDisk(locator.Locate(file.Path), DocumentUri.FromFilePath(file.Path), file.Path);
                    _targets.Add(target);
                    AddFolder(file.Folder);
                    if (isFirst)
                    {
                        isFirst = false;
                        onFirst(target, file.Folder);
                    }

                    break;
                case Unreadable unreadable:
                    AddFailure(unreadable.Failure);
                    break;
                case NothingFound nothing:
                    _targets.Add(new CheckTarget.Failed(CheckFailures.NothingMatched(nothing.Message)));
                    break;
            }
        }
    }

    private async Task AddStandardInputAsync(CancellationToken cancellationToken)
    {
        var content = await ReadStandardInputAsync(cancellationToken);
        if (request.StandardInputPath is { } name)
        {
            var path = Path.GetFullPath(name, host.WorkingDirectory);
            var uri = DocumentUri.FromFilePath(path);
            _targets.Add(new CheckTarget.InMemory(locator.Locate(path), uri, content));
            AddFolder(WorkspaceFolders.Load(host, path, _isTrusted, cancellationToken));
        }
        else
        {
            // Without a name only a $schema in the text can say what it is; it refers to the current folder.
            var path = Path.Join(host.WorkingDirectory, "stdin");
            var uri = DocumentUri.FromFilePath(path);
            _targets.Add(new CheckTarget.InMemory(new FileLocation(CheckRequest.StandardInput, Uri: null, IsRelative: true), uri, content));
            AddFolder(WorkspaceFolders.Load(host, path, _isTrusted, cancellationToken));
        }
    }

    private async Task<FileResult<ReadOnlyMemory<byte>>> ReadStandardInputAsync(CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (await host.Input.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                content.Write(buffer, 0, read);
                if (content.Length > FileLimits.SettingsFile)
                {
                    return new FileFailure(FileFailureKind.TooLarge, CheckRequest.StandardInput, $"Standard input is larger than {FileLimits.SettingsFile} bytes, the most that is checked.");
                }
            }
        }
        catch (IOException exception)
        {
            return new FileFailure(FileFailureKind.IoError, CheckRequest.StandardInput, $"Standard input could not be read: {exception.Message}");
        }

        return new ReadOnlyMemory<byte>(content.ToArray());
    }

    private void AddFolder(WorkspaceFolder folder)
    {
        if (_folders.TryAdd(folder.Uri, folder) && folder.Failure is { } failure)
        {
            AddFailure(failure);
        }
    }

    private void AddFailure(FileFailure failure)
    {
        // A workspace file that cannot be used is come across twice: as the workspace's and as a file to check.
        if (_failures.Add(failure))
        {
            _targets.Add(new CheckTarget.Failed(CheckFailures.From(failure, locator.Locate(failure.Path))));
        }
    }
}
