using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Sources;

/// <summary>
/// A settings file, or a VS Code settings file, whose document is given as it is (<see cref="VsCodeSection"/> picks the section). A file without
/// a value, empty or with comments only, counts as an empty object.
/// </summary>
/// <param name="plan">The source as it is planned; it must have a path.</param>
/// <param name="files">The file system.</param>
/// <param name="changes">Tells when the file changes; null if nobody watches.</param>
/// <param name="schema">The schema of the settings, which may say whether the file may have comments; null while it is not known.</param>
public sealed class FileSource(PlannedSource plan, IFileSystem files, FileChanges? changes, Func<JsonSchema?> schema) : ISettingsSource
{
    private readonly string _path = plan.FilePath ?? throw new ArgumentException("The source has no file.", nameof(plan));
    private readonly Lock _gate = new();
    private Task<SourceReading>? _running;
    private IDisposable? _watch;
    private bool _isDisposed;

    /// <inheritdoc />
    public string Name => plan.Name;

    /// <inheritdoc />
    public SourceType Type => plan.Type;

    /// <inheritdoc />
    public string? WritablePath => plan.IsWritable ? _path : null;

    /// <inheritdoc />
    public string? Location => plan.DisplayPath ?? _path;

    /// <inheritdoc />
    public void Watch(Action changed)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _watch ??= changes?.Watch([_path], changed, plan.Configuration.RefreshMs is { } period ? TimeSpan.FromMilliseconds(period) : null);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask<SourceReading> LoadAsync(SourceContent? previous, CancellationToken cancellationToken)
    {
        // A disk that hangs (a network drive) holds one thread at most, however often it is asked: an attempt waits for the one before.
        while (true)
        {
            Task<SourceReading> running;
            bool isOwn;
            lock (_gate)
            {
                isOwn = _running is not { IsCompleted: false };
                running = isOwn ? _running = Task.Run(() => Load(previous, cancellationToken), cancellationToken) : _running!;
            }

            if (isOwn)
            {
                return await running.WaitAsync(cancellationToken);
            }

            await Task.WhenAny(running).WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _watch?.Dispose();
        }
    }

    private SourceReading Load(SourceContent? previous, CancellationToken cancellationToken)
    {
        if (!files.ResolveRealPath(_path).TryGet(out var real, out var failure))
        {
            return Failed(failure);
        }

        if (IsOutside(real))
        {
            return Outside();
        }

        // The real path is read, and looked at once more: a link that took the file's place in between would show.
        if (!files.ReadFile(real, FileLimits.SettingsFile, cancellationToken).TryGet(out var bytes, out failure))
        {
            return Failed(failure);
        }

        if (plan.AllowedRoot is not null && files.ResolveRealPath(real).TryGet(out var after, out _) && IsOutside(after))
        {
            return Outside();
        }

        var hash = ContentHash.Of(bytes.Span);
        if (previous is not null && previous.Hash == hash && previous.FilePath == real)
        {
            return new SourceReading.Loaded(previous);
        }

        if (!TextFiles.Decode(Location!, bytes).TryGet(out var text, out failure))
        {
            return Failed(failure);
        }

        var tree = JsonParser.Parse(text);
        if (FindFault(tree, cancellationToken) is { } fault)
        {
            return Invalid(fault);
        }

        return tree.Root.IsNone || tree.Root.Kind == SyntaxKind.Object
            ? new SourceReading.Loaded(new SourceContent(tree) { Hash = hash, FilePath = real })
            : Invalid($"{Location} is no object, but {Describe(tree.Root.Kind)}. Settings stand between {{ and }}.");
    }

    /// <summary>The first thing that keeps the file from being read, with its place; null if there is none. A duplicated key does not.</summary>
    private string? FindFault(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (tree.Root.IsNone && tree.Errors.IsEmpty)
        {
            return null;
        }

        var dialect = FileDialect.OfSource(plan.Configuration, _path, schema());
        foreach (var finding in SyntaxRules.Check(tree, dialect, 1, cancellationToken))
        {
            if (finding.Severity == DiagnosticSeverity.Error)
            {
                // The finding's own message may quote the text, and so a secret.
                var position = tree.Text.Lines.GetPosition(finding.Span.Start, PositionEncoding.Utf16);
                return $"{Location}, line {position.Line + 1}, column {position.Character + 1}: the syntax is wrong ({finding.Descriptor.Id}). Mend the file; `configlsp check` says how.";
            }
        }

        return null;
    }

    private SourceReading Failed(FileFailure failure) => failure.Kind switch
    {
        FileFailureKind.NotFound or FileFailureKind.NotDirectory => plan.Required
            ? Failed(ServiceErrors.SourceMissing, "does not exist, but is required", isTransient: false)
            : new SourceReading.Missing(),
        FileFailureKind.PermissionDenied => Failed(ServiceErrors.PermissionDenied, "may not be read by this user", isTransient: false),
        FileFailureKind.TooLarge => Failed(ServiceErrors.LimitExceeded, $"is larger than {FileLimits.SettingsFile / (1024 * 1024)} MiB, the most that a settings file may have", isTransient: false),
        FileFailureKind.NotRegularFile => Failed(ServiceErrors.SourceInvalid, "is no regular file", isTransient: false),
        FileFailureKind.WrongEncoding => Failed(ServiceErrors.SourceInvalid, "is not in UTF-8. Save it as UTF-8", isTransient: false),
        FileFailureKind.InvalidPath => Failed(ServiceErrors.SourceInvalid, "cannot be used as a path, or its links form a circle", isTransient: false),
        _ => Failed(ServiceErrors.Unavailable, "cannot be read at the moment", isTransient: true),
    };

    private SourceReading.Failed Failed(ErrorDescriptor descriptor, string fault, bool isTransient) =>
        new(new ServiceError(descriptor, $"{Location} {fault}.") { Source = Name }, isTransient);

    private SourceReading.Failed Invalid(string message) => new(new ServiceError(ServiceErrors.SourceInvalid, message) { Source = Name }, IsTransient: false);

    private static string Describe(SyntaxKind kind) => kind switch
    {
        SyntaxKind.Array => "an array",
        SyntaxKind.String => "a string",
        SyntaxKind.Number => "a number",
        SyntaxKind.Null => "null",
        _ => "a boolean",
    };

    /// <summary>Whether the real path lies outside of the only folder in which it may, which is where a link leads.</summary>
    private bool IsOutside(string real) => plan.AllowedRoot is { } root && !FilePaths.IsWithin(FolderLinks.RealPath(files, root), real);

    private SourceReading.Failed Outside() =>
        Failed(ServiceErrors.NotTrusted, "is a link out of the folder, which is not trusted. Trust the workspace if you know where its files come from", isTransient: false);
}
