using System.Collections.Immutable;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Configuration.Sources;

/// <summary>
/// What a workspace's <c>configlsp.json</c>, the environment and the overriding variables make of its settings: which sources in which order,
/// the schema and the cache. Nothing is read for it. Immutable.
/// </summary>
public sealed record SourcePlan
{
    /// <summary>The name that the environment has in <c>${environment}</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>The sources in their order of precedence, low to high, also those that are refused.</summary>
    public required ImmutableArray<PlannedSource> Sources { get; init; }

    /// <summary>The schema of the merged settings.</summary>
    public required SchemaReference Schema { get; init; }

    /// <summary>The cache of read settings.</summary>
    public required CacheConfiguration Cache { get; init; }

    /// <summary>What was passed over or refused: sentences for people.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>
    /// The source that updates go to where they name none: the workspace's <c>.nofx/settings.json</c> (or what <c>CONFIG_FILE_PATH</c> puts in
    /// its place), else the last writable file source; null if nothing can be written.
    /// </summary>
    public PlannedSource? DefaultTarget { get; init; }

    /// <summary>Plans the sources of a workspace.</summary>
    /// <param name="folder">The workspace folder with its <c>configlsp.json</c>.</param>
    /// <param name="environment">The name of the environment.</param>
    /// <param name="overrides">What environment variables say in place of <c>configlsp.json</c>.</param>
    /// <param name="placeholders">What placeholders in paths stand for.</param>
    public static SourcePlan Create(WorkspaceFolder folder, string environment, ConfigurationOverrides overrides, PathPlaceholders placeholders)
    {
        var planner = new SourcePlanner(folder, environment, placeholders);
        var isImplied = folder.Configuration.Sources.IsEmpty;
        var sources = planner.Plan(isImplied ? DefaultSources.All : folder.Configuration.Sources, isImplied);
        var target = planner.FindDefaultTarget(sources);
        if (overrides.FilePath is { } path)
        {
            if (target is null || target.Type != SourceType.File)
            {
                planner.Warn($"{ConfigurationOverrides.FilePathVariable} is passed over: no source is a file whose path it could replace.");
            }
            else
            {
                var replaced = planner.PlanOverride(target, path);
                sources = sources.Replace(target, replaced);
                target = replaced.Refusal is null ? replaced : null;
            }
        }

        return new SourcePlan
        {
            Environment = environment,
            Sources = sources,
            Schema = folder.Configuration.Schema ?? SchemaAssociations.DefaultSettingsSchema,
            Cache = overrides.Apply(folder.Configuration.Cache),
            DefaultTarget = target,
            Warnings = [.. overrides.Warnings, .. planner.Warnings],
        };
    }

    /// <summary>The source with a name, or null.</summary>
    public PlannedSource? Find(string name) => Sources.FirstOrDefault(s => s.Name == name);
}
