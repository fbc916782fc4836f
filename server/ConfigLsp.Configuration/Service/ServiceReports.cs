using System.Collections.Immutable;
using ConfigLsp.Configuration.Caching;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Configuration.Service;

/// <summary>The state of a source, for people and programs; holds no setting.</summary>
public sealed record SourceReport
{
    public required string Name { get; init; }

    public required SourceType Type { get; init; }

    public required LayerState State { get; init; }

    /// <summary>The file or address; null where there is none.</summary>
    public string? Location { get; init; }

    /// <summary>The absolute path of its file; null where it has none.</summary>
    public string? File { get; init; }

    /// <summary>The section of a VS Code settings file that it reads; null for other sources.</summary>
    public string? Section { get; init; }

    public bool IsWritable { get; init; }

    /// <summary>Whether updates go to it that name no source.</summary>
    public bool IsDefaultTarget { get; init; }

    public bool IsOptional { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>When it last answered; null if it never did.</summary>
    public DateTimeOffset? LoadedAt { get; init; }

    /// <summary>How long the last attempt took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The size of what is served, in bytes; null where there is nothing.</summary>
    public long? Size { get; init; }

    public ServiceError? Error { get; init; }

    public required BreakerSnapshot Breaker { get; init; }

    /// <summary>How many attempts failed since the start.</summary>
    public long Failures { get; init; }
}

/// <summary>What a probe of a source found.</summary>
public enum ProbeStatus
{
    /// <summary>It answered.</summary>
    Healthy,

    /// <summary>It is not there, or cannot be reached at the moment.</summary>
    Unavailable,

    /// <summary>It answered with something that cannot be used, or may not be asked.</summary>
    Error,
}

/// <summary>The answer of a source that was asked once, past its cache and breaker.</summary>
public sealed record SourceProbe(string Name, ProbeStatus Status, TimeSpan Duration, long? Size, ServiceError? Error);

/// <summary>What to do with the breaker of a source.</summary>
public enum BreakerCommand
{
    /// <summary>Forget the failures and close it.</summary>
    Reset,

    /// <summary>Open it until somebody closes it.</summary>
    Isolate,

    /// <summary>Close it, and keep the count of failures at zero.</summary>
    Close,
}

/// <summary>The state of the service of one workspace.</summary>
public sealed record ServiceInfo
{
    public required long Revision { get; init; }

    /// <summary>Whether all required sources have been read.</summary>
    public required bool IsLoaded { get; init; }

    /// <summary>When the view last changed; null before the first read.</summary>
    public DateTimeOffset? LastLoad { get; init; }

    /// <summary>How many sources are not as they should be, and values that are not served as they are written.</summary>
    public required int ErrorCount { get; init; }

    public required ImmutableArray<SourceReport> Sources { get; init; }

    public required CacheStatistics Cache { get; init; }

    /// <summary>What was passed over when the workspace was opened.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}

/// <summary>What a reload did.</summary>
public sealed record ReloadResult(ImmutableArray<SourceReport> Sources, int ClearedEntries, long Revision);

/// <summary>A page of keys.</summary>
public sealed record ListResult(long Revision, ImmutableArray<string> Keys, string? Cursor);

/// <summary>Whether settings are valid, and what is wrong with them.</summary>
public sealed record ValidationReport(bool IsValid, ImmutableArray<LocatedDiagnostic> Diagnostics);

/// <summary>What is to be checked: the file, the content, the operations, or where all are null the settings in effect.</summary>
public sealed record ValidateRequest
{
    /// <summary>The absolute path of a file of a source.</summary>
    public string? File { get; init; }

    /// <summary>A document of settings as JSON.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>Changes to try; at most 128.</summary>
    public ImmutableArray<SettingOperation> Operations { get; init; } = [];

    /// <summary>The source that content and operations are meant for; null for the default target.</summary>
    public string? Source { get; init; }
}

/// <summary>Which revisions are asked for; the newest come first.</summary>
public sealed record HistoryRequest
{
    public KeyText? Key { get; init; }

    public string? Source { get; init; }

    /// <summary>The most to give, from 1 to 1,000.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Only revisions before this one; null for all.</summary>
    public long? Before { get; init; }
}

/// <summary>Some revisions.</summary>
public sealed record HistoryResult(long Revision, ImmutableArray<HistoryItem> Items);

/// <summary>One revision, without values.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Timestamp">When it came about or was noticed.</param>
/// <param name="Source">The source.</param>
/// <param name="Kind">How it came about.</param>
/// <param name="Actor">Through whom; null if that is not known.</param>
/// <param name="Keys">The keys that changed, at most as many as are kept.</param>
/// <param name="KeyCount">How many changed.</param>
public sealed record HistoryItem(long Revision, DateTimeOffset Timestamp, string Source, ChangeKind Kind, string? Actor, ImmutableArray<HistoryKey> Keys, int KeyCount);

/// <summary>A key of a revision.</summary>
/// <param name="Key">The key.</param>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
public sealed record HistoryKey(string Key, string Change);

/// <summary>The state of the state database.</summary>
/// <param name="Path">Where it is; null where there is no place for one.</param>
/// <param name="IsOpen">Whether it was needed yet.</param>
/// <param name="StoreId">Names its history; null where it is not open.</param>
/// <param name="FreeBytes">The free space of its disk; null where that is not known.</param>
/// <param name="Error">Why it cannot be used; null if it can.</param>
/// <param name="Quarantined">A damaged one that was put aside; null if there was none.</param>
public sealed record StorageReport(string? Path, bool IsOpen, string? StoreId, long? FreeBytes, ServiceError? Error, string? Quarantined);
