using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Configuration.Sources;

/// <summary>Turns configured sources into planned ones, for one <see cref="SourcePlan"/>.</summary>
internal sealed class SourcePlanner(WorkspaceFolder folder, string environment, PathPlaceholders placeholders)
{
    private const int MaxNameLength = 64;

    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    public void Warn(string warning) => _warnings.Add(warning);

    public ImmutableArray<PlannedSource> Plan(ImmutableArray<SourceConfiguration> configured, bool isImplied)
    {
        var planned = ImmutableArray.CreateBuilder<PlannedSource>(configured.Length);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < configured.Length; i++)
        {
            var source = configured[i];
            if (isImplied && source.Name == DefaultSources.User && !HasSettingsOfUser())
            {
                continue;
            }

            // A name that cannot be used is replaced by the position, which no name can be.
            if (!IsName(source.Name))
            {
                planned.Add(Refuse(Renamed(source, i), ServiceErrors.SourceInvalid, "its name is not one of up to 64 letters, digits, '.', '-' and '_'", "Rename it"));
            }
            else if (!names.Add(source.Name))
            {
                planned.Add(Refuse(Renamed(source, i), ServiceErrors.SourceInvalid, $"another source before it is named '{source.Name}' too", "Rename one of the two"));
            }
            else
            {
                planned.Add(Plan(new PlannedSource(source.Name, source.Type, source) { IsImplied = isImplied }));
            }
        }

        return planned.DrainToImmutable();
    }

    /// <summary>The source with the file that a person names in place of the one that is configured.</summary>
    public PlannedSource PlanOverride(PlannedSource source, string path)
    {
        // Whoever starts the process is trusted, whatever the folder is.
        var expansion = SourcePath.Expand(path, environment, folder with { IsTrusted = true }, placeholders);
        var planned = source with { Configuration = source.Configuration with { Path = path, Optional = false }, FilePath = null, AllowedRoot = null };
        if (ToFilePath(expansion.Path) is not { } file)
        {
            return Refuse(planned, ServiceErrors.SourceInvalid, $"the path in {ConfigurationOverrides.FilePathVariable} {expansion.Fault ?? "is not one of this machine"}", "Correct it");
        }

        // Links that an untrusted folder brings along still lead nowhere.
        var root = folder.IsTrusted ? null : Root();
        return planned with { FilePath = file, DisplayPath = Display(file), AllowedRoot = root is not null && FilePaths.IsWithin(root, file) ? root : null };
    }

    public PlannedSource? FindDefaultTarget(ImmutableArray<PlannedSource> sources)
    {
        var settings = Root() is { } root ? Path.GetFullPath(Path.Join(root, DefaultSources.SettingsPath)) : null;
        return sources.FirstOrDefault(s => s.Type == SourceType.File && s.IsWritable && s.FilePath == settings)
            ?? sources.LastOrDefault(static s => s.Type == SourceType.File && s.IsWritable)
            ?? sources.LastOrDefault(static s => s.IsWritable);
    }

    private PlannedSource Plan(PlannedSource source)
    {
        switch (source.Type)
        {
            case SourceType.File when source.Configuration.Path is null:
                return Refuse(source, ServiceErrors.SourceInvalid, "it has no `path`", "Add the path of its file");
            case SourceType.VsCode when string.IsNullOrEmpty(source.Configuration.Section):
                return Refuse(source, ServiceErrors.SourceInvalid, "it has no `section`", "Add the first part of its keys, such as \"nofx\"");
            case SourceType.Environment when string.IsNullOrEmpty(source.Configuration.Prefix):
                return Refuse(source, ServiceErrors.SourceInvalid, "it has no `prefix`", "Add the start of the names of its variables, such as \"NOFX_\"");
            case SourceType.Http when !folder.IsTrusted:
                return Refuse(source, ServiceErrors.NotTrusted, "it is fetched from the network, and the workspace is not trusted", "Trust the workspace, or pass --trust, if you know where its files come from");
            case SourceType.Http when !IsAddress(source.Configuration.Url):
                return Refuse(source, ServiceErrors.SourceInvalid, "its `url` is no address that starts with https:// or http://", "Correct the address");
            case SourceType.File or SourceType.VsCode:
                return PlanFile(source);
            default:
                return source;
        }
    }

    private PlannedSource PlanFile(PlannedSource source)
    {
        // The person's own settings lie outside of every workspace, and are theirs.
        var isOwn = source is { IsImplied: true, Name: DefaultSources.User };
        var isTrusted = folder.IsTrusted || isOwn;
        var expansion = SourcePath.Expand(source.Configuration.Path ?? SourcePath.DefaultVsCodePath, environment, folder with { IsTrusted = isTrusted }, placeholders);
        if (expansion.NeedsTrust)
        {
            return Refuse(source, ServiceErrors.NotTrusted, $"its path {expansion.Fault}, and the workspace is not trusted", "Trust the workspace, or pass --trust, if you know where its files come from");
        }

        return ToFilePath(expansion.Path) is { } file
            ? source with { FilePath = file, DisplayPath = Display(file), AllowedRoot = isTrusted ? null : Root() }
            : Refuse(source, ServiceErrors.SourceInvalid, $"its path {expansion.Fault ?? "is not one of this machine"}", "Correct the path");
    }

    private PlannedSource Refuse(PlannedSource source, ErrorDescriptor descriptor, string reason, string advice)
    {
        var message = $"The source {source.Name} takes no part: {reason}. {advice}.";
        Warn(message);
        return source with { Refusal = new ServiceError(descriptor, message) { Source = source.Name } };
    }

    /// <summary>The home folder as a workspace has the person's own settings as its own, and needs them only once.</summary>
    private bool HasSettingsOfUser() =>
        placeholders.HomeFolder is { } home && (Root() is not { } root || Path.TrimEndingDirectorySeparator(home) != Path.TrimEndingDirectorySeparator(root));

    private static PlannedSource Renamed(SourceConfiguration source, int position) => new($"sources[{position}]", source.Type, source);

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && char.IsAsciiLetterOrDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private static bool IsAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri.Host.Length > 0;

    /// <summary>A path as messages show it: they go to logs and other people, who need not learn who has the home folder.</summary>
    private string Display(string file) =>
        Root() is { } root && FilePaths.IsWithin(root, file) ? Path.GetRelativePath(root, file)
        : placeholders.HomeFolder is { } home && FilePaths.IsWithin(home, file) ? Path.Join("~", Path.GetRelativePath(home, file))
        : file;

    private string? Root() => folder.Uri.TryGetFilePath(out var path) ? path : null;

    private string? ToFilePath(string? path) =>
        path is not null && folder.Uri.IsFile && DocumentUri.FromFilePath(path).TryGetFilePath(out var file) ? file : null;
}
