using ConfigLsp.Configuration.Errors;

namespace ConfigLsp.Configuration.Service;

/// <summary>How a value that is served is known.</summary>
public enum Freshness
{
    /// <summary>Its source was looked at for this read.</summary>
    Fresh,

    /// <summary>Its source was looked at before, not longer ago than the cache permits.</summary>
    Cached,

    /// <summary>Its source cannot be read at the moment; an earlier content serves.</summary>
    LastGood,
}

/// <summary>The answer about one key.</summary>
/// <param name="Key">The key as it was asked for.</param>
public sealed record SettingAnswer(string Key)
{
    /// <summary>The value as JSON; null where no source sets it.</summary>
    public ReadOnlyMemory<byte>? Value { get; init; }

    /// <summary>The source of the value, of an object the strongest that contributes; null where no source sets it, or for the caller's default.</summary>
    public string? Source { get; init; }

    /// <summary>How it is known.</summary>
    public Freshness Freshness { get; init; }

    /// <summary>The revision at which the key last changed in the target source; 0: never.</summary>
    public long Revision { get; init; }

    /// <summary>Why there is no answer; null if there is.</summary>
    public ServiceError? Error { get; init; }
}
