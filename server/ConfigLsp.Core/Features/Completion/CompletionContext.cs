using System.Collections.Immutable;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>What completion is told of the world outside the document.</summary>
public sealed record CompletionContext
{
    public static readonly CompletionContext None = new();

    /// <summary>The schemas that <c>$schema</c> may name.</summary>
    public ImmutableArray<KnownSchema> Schemas { get; init; } = [];

    /// <summary>What stands in the folder that <see cref="CompletionFeature.FindPathFolder"/> named.</summary>
    public ImmutableArray<PathEntry> PathEntries { get; init; } = [];

    /// <summary>Whether <see cref="PathEntries"/> was cut, so that typing on should ask again.</summary>
    public bool HasMorePathEntries { get; init; }
}

/// <summary>A schema that a document can name.</summary>
/// <param name="Uri">Its URI.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Description">What it checks.</param>
public sealed record KnownSchema(string Uri, string? Name, string? Description);

/// <summary>One name in a folder.</summary>
/// <param name="Name">The name, without its folder.</param>
/// <param name="IsFolder">Whether it is a folder itself.</param>
public readonly record struct PathEntry(string Name, bool IsFolder);
