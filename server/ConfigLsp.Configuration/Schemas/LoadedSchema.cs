using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>A schema that was asked for.</summary>
/// <param name="Uri">Its URI.</param>
/// <param name="IsUsable">Whether it could be loaded.</param>
/// <param name="Failures">Why it, or documents that it refers to, could not be loaded.</param>
public sealed record LoadedSchema(string Uri, bool IsUsable, ImmutableArray<string> Failures);
