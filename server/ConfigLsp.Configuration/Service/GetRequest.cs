using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Service;

/// <summary>A read of several keys at one moment.</summary>
/// <param name="Keys">The keys, at most <see cref="MaxKeys"/>.</param>
public sealed record GetRequest(ImmutableArray<KeyText> Keys)
{
    /// <summary>The most keys of a request.</summary>
    public const int MaxKeys = 500;

    /// <summary>What is given for a key that no source sets, as JSON; null for nothing.</summary>
    public ReadOnlyMemory<byte>? Default { get; init; }

    /// <summary>How old an answer may be; null for what the cache permits. Zero looks at the sources.</summary>
    public TimeSpan? MaxStale { get; init; }

    /// <summary>The source whose revisions are given; null for the default target.</summary>
    public string? Source { get; init; }
}

/// <summary>The answer to a <see cref="GetRequest"/>.</summary>
/// <param name="Revision">The newest revision of the workspace.</param>
/// <param name="Items">One for each key, in their order.</param>
public sealed record GetResult(long Revision, ImmutableArray<SettingAnswer> Items);
