using System.Collections.Immutable;
using ConfigLsp.Configuration.Keys;

namespace ConfigLsp.Configuration.Storage;

/// <summary>Which revisions are asked for; the newest come first.</summary>
public sealed record HistoryQuery
{
    /// <summary>Only those that changed this key, something within it or something around it.</summary>
    public SettingKey? Key { get; init; }

    /// <summary>Only those of this source.</summary>
    public string? Source { get; init; }

    /// <summary>Only those that are older.</summary>
    public long? BeforeRevision { get; init; }

    /// <summary>The most to return.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>One revision.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Timestamp">When it came about or was noticed.</param>
/// <param name="Source">The name of the source at that time.</param>
/// <param name="Target">The file.</param>
/// <param name="Kind">How it came about.</param>
/// <param name="Actor">Through whom; null if that is not known.</param>
/// <param name="OldHash">The hash of the file's content before; null: it was not there.</param>
/// <param name="NewHash">The hash of the file's content after; null: it was removed.</param>
/// <param name="Changes">The settings that changed, at most <see cref="StateDatabase.MaxChanges"/>.</param>
/// <param name="ChangeCount">How many settings changed.</param>
public sealed record HistoryEntry(
    long Revision,
    DateTimeOffset Timestamp,
    string Source,
    string Target,
    ChangeKind Kind,
    string? Actor,
    string? OldHash,
    string? NewHash,
    ImmutableArray<KeyChange> Changes,
    int ChangeCount);
