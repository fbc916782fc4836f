using System.Collections.Immutable;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>What a run will do.</summary>
/// <param name="Targets">What is reported on, ordered by path.</param>
/// <param name="Folders">The workspace folders of the files, each once.</param>
internal sealed record CheckPlan(IReadOnlyList<CheckTarget> Targets, ImmutableArray<WorkspaceFolder> Folders);
