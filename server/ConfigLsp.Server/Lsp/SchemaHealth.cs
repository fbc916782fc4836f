using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Lsp.Workspace;

namespace ConfigLsp.Server.Lsp;

/// <summary>
/// The schemas in use, for the health report, which people pass on: it names files without their folders, and addresses without host and query.
/// </summary>
internal static class SchemaHealth
{
    public const string Name = "schemas";

    /// <summary>Reasons that a report quotes; more of them would not be read.</summary>
    private const int QuotedReasons = 5;

    /// <summary>Schemas that a report lists.</summary>
    private const int ListedSchemas = 20;

    public static HealthCheck Check(WorkspaceSchemas workspace)
    {
        ImmutableArray<LoadedSchema> schemas = workspace.Store.LoadedSchemas;
        var failed = schemas.Where(schema => !schema.Failures.IsEmpty).ToList();
        var details = new Dictionary<string, HealthFact> { ["loaded"] = schemas.Count(schema => schema.IsUsable), ["failed"] = failed.Count };
        for (int i = 0; i < Math.Min(failed.Count, QuotedReasons); i++)
            details[$"failure{i + 1}"] = Describe(failed[i]);
        for (int i = 0; i < Math.Min(schemas.Length, ListedSchemas); i++)
        {
            if (schemas[i].Origin is { } origin)
                details[$"schema{i + 1}"] = $"{NameOf(schemas[i].Uri)}: from {SchemaOriginText.Describe(origin)}";
        }

        return failed.Count == 0
            ? new HealthCheck(Name, HealthStatus.Healthy, $"{schemas.Length} loaded.") { Details = details }
            : new HealthCheck(Name, HealthStatus.Degraded, $"{failed.Count} of {schemas.Length} schemas could not be loaded completely.")
            {
                Details = details,
                Advice = "Files that use them are checked only in part. Correct the address, or save the schema in the workspace.",
            };
    }

    /// <summary>A reason that may name a folder or an address is left to the finding in the file itself.</summary>
    private static string Describe(LoadedSchema schema)
    {
        LoadedSchemaFailure failure = schema.Failures[0];
        string name = schema.Uri == failure.Uri ? NameOf(schema.Uri) : $"{NameOf(schema.Uri)} refers to {NameOf(failure.Uri)}";
        string? reason = failure.Brief ?? (failure.Reason.AsSpan().ContainsAny('/', '\\') ? null : failure.Reason);
        return reason is null ? name : $"{name}: {reason}";
    }

    private static string NameOf(string text) => DocumentUri.TryParse(text, out DocumentUri? uri) && uri.Name.Length > 0 ? uri.Name : "(without a name)";
}
