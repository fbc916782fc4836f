namespace ConfigLsp.Configuration.Storage;

/// <summary>A content of a settings file that did not come through the service.</summary>
public sealed record OutsideEdit
{
    /// <summary>The file, by its real path.</summary>
    public required string Target { get; init; }

    /// <summary>The name of its source.</summary>
    public required string Source { get; init; }

    /// <summary>The <see cref="TrackedFile.Hash"/> that <see cref="Changes"/> start from; of a file never seen, null.</summary>
    public string? OldHash { get; init; }

    /// <summary>The hash of the content; null: the file is not there.</summary>
    public string? NewHash { get; init; }

    /// <summary>The content; empty where the file is not there.</summary>
    public ReadOnlyMemory<byte> NewContent { get; init; }

    /// <summary>What differs from the tracked content.</summary>
    public IReadOnlyList<KeyChange> Changes { get; init; } = [];

    /// <summary>How it was noticed, for the history; null if that is of no interest.</summary>
    public string? Origin { get; init; }

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset Timestamp { get; init; }
}

/// <summary>What <see cref="StateDatabase.Ingest"/> made of an edit.</summary>
public enum IngestOutcome
{
    /// <summary>It is a new revision.</summary>
    Recorded,

    /// <summary>The file was never seen before: the content is where its history starts, and no revision.</summary>
    Baseline,

    /// <summary>This content is tracked already.</summary>
    Unchanged,

    /// <summary>It is the content of an update that is just being made, or waits for <see cref="StateDatabase.Recover"/>.</summary>
    UpdatePending,

    /// <summary>The tracked content is not <see cref="OutsideEdit.OldHash"/> any more: compare again with <see cref="StateDatabase.FindFile"/>.</summary>
    Stale,
}

/// <summary>What became of an edit.</summary>
/// <param name="Outcome">That.</param>
/// <param name="Revision">The newest revision of the workspace afterwards.</param>
public readonly record struct IngestResult(IngestOutcome Outcome, long Revision);
