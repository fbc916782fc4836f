using System.Collections.Immutable;

namespace ConfigLsp.Core.Schema;

/// <summary>The answer of <see cref="SchemaRegistry.Compile(string)"/>.</summary>
/// <param name="Schema">
/// The schema, usable at once: a part that refers to a missing document accepts everything until the document is there.
/// </param>
/// <param name="MissingDocuments">
/// URIs of the documents that references need and that were neither added nor reported as failed. Load them and compile again; the new
/// documents may need others in turn.
/// </param>
public sealed record SchemaCompilation(JsonSchema Schema, ImmutableArray<string> MissingDocuments)
{
    /// <summary>Whether every reference was found or is known to fail.</summary>
    public bool IsComplete => MissingDocuments.IsEmpty;
}
