using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>
/// One command's look at the settings of a workspace. It works on the files themselves, with the locks and the state database that servers use,
/// so that it says the same as they do, whether one is running or not.
/// </summary>
internal sealed class SettingsSession : IAsyncDisposable
{
    private readonly ConfigurationHost _host;
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);

    private SettingsSession(CommandLineHost commandLine, SettingsScope scope, ConfigurationHost host, ConfigurationService service)
    {
        CommandLine = commandLine;
        Scope = scope;
        _host = host;
        Service = service;
    }

    public CommandLineHost CommandLine { get; }

    public SettingsScope Scope { get; }

    public ConfigurationService Service { get; }

    public ConfigurationHost Host => _host;

    /// <summary>Opens the workspace. Reads no settings yet.</summary>
    /// <param name="commandLine">What the process gives.</param>
    /// <param name="scope">Which settings are meant.</param>
    /// <param name="needsRevisions">Whether revisions are asked for. Else the state database stays closed, whose start takes longer than all else.</param>
    /// <param name="session">The session.</param>
    /// <returns>Why there is none; null if there is.</returns>
    public static CommandFailure? TryOpen(CommandLineHost commandLine, SettingsScope scope, bool needsRevisions, out SettingsSession? session)
    {
        session = null;
        if (FindFolder(commandLine, scope.Workspace, out var failure) is not { } folder)
        {
            return failure;
        }

        var options = commandLine.ServiceOptions();
        var isTrusted = scope.IsTrusted || HostFactory.FindTrust(options)?.IsTrusted(folder) == true;
        var host = new ConfigurationHost(options with
        {
            Environment = scope.Environment,
            State = needsRevisions ? options.State : null,
            WatchesFiles = false,
        });
        session = new SettingsSession(commandLine, scope, host, host.Open(folder, isTrusted));
        return null;
    }

    /// <summary>The workspace folder: the one that is named, else the nearest above the current folder, else that.</summary>
    public static string? FindFolder(CommandLineHost commandLine, string? named, out CommandFailure? failure)
    {
        failure = null;
        if (named is null)
        {
            return WorkspaceLocator.Find(commandLine.Files, commandLine.WorkingDirectory, commandLine.Placeholders.HomeFolder) ?? commandLine.WorkingDirectory;
        }

        if (named.Length == 0 || named.Contains('\0', StringComparison.Ordinal))
        {
            failure = CommandFailure.Usage("The path of the workspace folder must not be empty.");
            return null;
        }

        var path = Path.GetFullPath(named, commandLine.WorkingDirectory);
        if (!commandLine.Files.GetStatus(path).TryGet(out var status, out var reason))
        {
            failure = reason.Kind == FileFailureKind.NotFound
                ? CommandFailure.Usage($"The workspace folder {named} does not exist.", "Name a folder that is there; without --workspace it is found from the current folder.")
                : CommandFailure.Usage($"The workspace folder {named} cannot be used: {reason.Message}");
            return null;
        }

        if (status.Kind != FileKind.Directory)
        {
            failure = CommandFailure.Usage($"{named} is a file and no workspace folder.", "Name the folder that holds configlsp.json or .nofx.");
            return null;
        }

        return path;
    }

    /// <summary>The schema of the settings; null if there is none.</summary>
    public async Task<JsonSchema?> GetSchemaAsync(CancellationToken cancellationToken) => (await Service.GetSnapshotAsync(cancellationToken)).Schema;

    /// <summary>Whether there is a source of a name, for a better answer than the service gives; null if there is, or none was named.</summary>
    public CommandFailure? CheckSource(string? name)
    {
        if (name is null)
        {
            return null;
        }

        var names = Service.ListSources().Select(static s => s.Name).ToList();
        return names.Contains(name)
            ? null
            : CommandFailure.Usage($"There is no source '{name}'.{Spelling.Hint(name, names)}", $"The sources of this workspace are {string.Join(", ", names)}.");
    }

    /// <summary>A note for the person on standard error.</summary>
    public void Warn(string message, string kind = "warning")
    {
        if (_warned.Add(message))
        {
            CommandLine.Messages.WriteLine($"configlsp: {kind}: {TerminalText.Sanitize(message)}");
            CommandLine.Messages.Flush();
        }
    }

    /// <summary>Says what a reader of the settings should know: what was passed over, and sources that could not be read.</summary>
    /// <param name="except">A source whose trouble was told already, or null.</param>
    public void WarnOfSources(string? except)
    {
        WarnOfConfiguration();
        foreach (var warning in Service.GetInfo().Warnings)
        {
            Warn(warning);
        }

        foreach (var source in Service.ListSources())
        {
            if (source.Error is { } error && source.State is (LayerState.Failed or LayerState.LastGood or LayerState.Missing) && source.Name != except)
            {
                Warn($"Source {source.Name} is not used: {error.Message}");
            }
        }
    }

    /// <summary>Says which values of a key are not served as they are written.</summary>
    public void WarnOfValues(ConfigurationSnapshot view, KeyText text)
    {
        if (!text.Parse().TryGet(out var key, out _))
        {
            return;
        }

        foreach (var finding in view.Findings.Where(f => f.Outcome != FindingOutcome.Reported && (key.Contains(f.Key) || f.Key.Contains(key))))
        {
            var located = LocatedDiagnostic.Of(finding, view);
            var place = located.Place is { } at ? $"{DisplayPath(at.File)}:{at.Start.Line + 1}:{at.Start.Character + 1}: " : string.Empty;
            var outcome = finding.Outcome == FindingOutcome.Coerced ? "read in another form than it is written" : "passed over";
            Warn($"{place}The value of {finding.Key} in the source {located.Source} is {outcome}: {finding.Diagnostic.Message}");
        }
    }

    /// <summary>A path for a person: relative to the current folder where it lies in it.</summary>
    public string DisplayPath(string path) => new Checking.FileLocator(CommandLine.WorkingDirectory).Locate(path).DisplayPath;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private void WarnOfConfiguration()
    {
        var folder = WorkspaceFolder.Load(CommandLine.Files, DocumentUri.FromFilePath(Service.Folder), Service.IsTrusted, CancellationToken.None);
        if (folder.Failure is { } failure)
        {
            Warn($"{WorkspaceConfiguration.FileName} cannot be read, so the default sources apply: {failure.Message}");
            return;
        }

        if (folder.Configuration.Uri is not { } uri || !uri.TryGetFilePath(out var path) || !CommandLine.Files.ReadText(path, FileLimits.SettingsFile, CancellationToken.None).TryGet(out var text, out _))
        {
            return;
        }

        var tree = JsonParser.Parse(text);
        if (!tree.Errors.IsEmpty)
        {
            var at = TextRange.Of(text, tree.Errors[0].Span);
            Warn($"{DisplayPath(path)}:{at.Line}:{at.Column}: {tree.Errors[0].Message} Only what can be understood of the file applies; see configlsp check.");
        }
    }
}
