namespace ConfigLsp.Configuration.Storage;

/// <summary>What an update is about to do; on the disk before the file is touched.</summary>
public sealed record UpdateIntent
{
    /// <summary>The file, by its real path.</summary>
    public required string Target { get; init; }

    /// <summary>The name of its source.</summary>
    public required string Source { get; init; }

    /// <summary>The hash of what it holds; null: it is not there.</summary>
    public string? OldHash { get; init; }

    /// <summary>What it holds; empty where it is not there.</summary>
    public ReadOnlyMemory<byte> OldContent { get; init; }

    /// <summary>The hash of what it will hold.</summary>
    public required string NewHash { get; init; }

    /// <summary>What it will hold.</summary>
    public required ReadOnlyMemory<byte> NewContent { get; init; }

    /// <summary>The client's name for the request, so that a retry is recognised; null if it has none.</summary>
    public string? TransactionId { get; init; }

    /// <summary>Tells requests apart that come under the same <see cref="TransactionId"/>.</summary>
    public string RequestFingerprint { get; init; } = string.Empty;

    /// <summary>Who asked for it; null if that is not known.</summary>
    public string? Actor { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary><see cref="ChangeKind.Update"/> or <see cref="ChangeKind.Restore"/>.</summary>
    public ChangeKind Kind { get; init; }

    /// <summary>The settings that differ.</summary>
    public IReadOnlyList<KeyChange> Changes { get; init; } = [];
}

/// <summary>An update of which the end is not recorded.</summary>
/// <param name="Id">Its number.</param>
/// <param name="OldHash">The hash of what the file held before; null: it was not there.</param>
/// <param name="NewHash">The hash of what it was to hold.</param>
/// <param name="TransactionId">The client's name for the request.</param>
public sealed record PendingUpdate(long Id, string? OldHash, string NewHash, string? TransactionId);

/// <summary>What <see cref="StateDatabase.Recover"/> found.</summary>
/// <param name="CompletedRevision">The revision of an update that had been made but not recorded; null if there was none.</param>
/// <param name="Abandoned">How many updates had not been made, or cannot be told from what was written since.</param>
public readonly record struct Recovery(long? CompletedRevision, int Abandoned);

/// <summary>An update that was made.</summary>
/// <param name="Revision">Its revision.</param>
/// <param name="Fingerprint">The <see cref="UpdateIntent.RequestFingerprint"/> of its request.</param>
public sealed record AppliedTransaction(long Revision, string Fingerprint);
