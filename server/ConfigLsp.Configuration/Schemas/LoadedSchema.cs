using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>A schema that was asked for.</summary>
/// <param name="Uri">Its URI.</param>
/// <param name="Origin">Where it was read; null if it could not be.</param>
/// <param name="Failures">Why it, or documents that it refers to, could not be loaded.</param>
public sealed record LoadedSchema(string Uri, SchemaOrigin? Origin, ImmutableArray<LoadedSchemaFailure> Failures)
{
    /// <summary>Whether it could be loaded.</summary>
    public bool IsUsable => Origin is not null;
}

/// <summary>Why a document of a schema could not be loaded.</summary>
/// <param name="Uri">The document.</param>
/// <param name="Reason">A sentence, perhaps with addresses and paths in it.</param>
/// <param name="Brief">The reason without these, in a few words; null where it cannot be said so.</param>
public sealed record LoadedSchemaFailure(string Uri, string Reason, string? Brief);
