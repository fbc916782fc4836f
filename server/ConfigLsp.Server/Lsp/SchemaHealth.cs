using System.Collections.Immutable;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Lsp.Workspace;

namespace ConfigLsp.Server.Lsp;

/// <summary>The schemas in use, for the health report.</summary>
internal static class SchemaHealth
{
    public const string Name = "schemas";

    /// <summary>Reasons that a report quotes; more of them would not be read.</summary>
    private const int QuotedReasons = 5;

    public static HealthCheck Check(WorkspaceSchemas workspace)
    {
        ImmutableArray<LoadedSchema> schemas = workspace.Store.LoadedSchemas;
        var failed = schemas.Where(schema => !schema.Failures.IsEmpty).ToList();
        var details = new Dictionary<string, HealthFact> { ["loaded"] = schemas.Count(schema => schema.IsUsable), ["failed"] = failed.Count };
        for (int i = 0; i < Math.Min(failed.Count, QuotedReasons); i++)
            details[$"failure{i + 1}"] = $"{failed[i].Uri}: {failed[i].Failures[0]}";
        return failed.Count == 0
            ? new HealthCheck(Name, HealthStatus.Healthy, $"{schemas.Length} loaded.") { Details = details }
            : new HealthCheck(Name, HealthStatus.Degraded, $"{failed.Count} of {schemas.Length} schemas could not be loaded completely.")
            {
                Details = details,
                Advice = "Files that use them are checked only in part. Correct the address, or save the schema in the workspace.",
            };
    }
}
