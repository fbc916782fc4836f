namespace ConfigLsp.Server.Headless.Protocol;

internal sealed record UpdateParams : WorkspaceParams
{
    public string? Op { get; init; }

    public KeyName? Key { get; init; }

    public KeyName? Path { get; init; }

    public RawJson? Value { get; init; }

    public string? Source { get; init; }

    public ExpectBody? Expect { get; init; }

    public string? TransactionId { get; init; }

    public bool DryRun { get; init; }
}

internal sealed record ExpectBody
{
    public long? Revision { get; init; }

    public bool Absent { get; init; }

    public string? Etag { get; init; }
}

internal sealed record UpdateReply(
    string Source,
    long? Revision,
    bool Changed,
    bool PendingSave,
    bool Replay,
    string? Etag,
    string? OverriddenBy,
    IReadOnlyList<EditBody> Edits,
    IReadOnlyList<DiagnosticBody> Diagnostics);

internal sealed record EditBody(TextRange Range, string NewText);

internal sealed record HistoryParams : WorkspaceParams
{
    public KeyName? Key { get; init; }

    public KeyName? Path { get; init; }

    public string? Source { get; init; }

    public int? Limit { get; init; }

    public long? Before { get; init; }
}

internal sealed record HistoryReply(long Revision, IReadOnlyList<HistoryBody> Items);

internal sealed record HistoryBody(long Revision, DateTimeOffset Timestamp, string Source, string Kind, string? Actor, IReadOnlyList<HistoryKeyBody> Keys, int KeyCount);

internal sealed record HistoryKeyBody(string Key, string Change);

internal sealed record RestoreParams : WorkspaceParams
{
    public required long Revision { get; init; }

    public string? Source { get; init; }

    public string? TransactionId { get; init; }

    public bool DryRun { get; init; }
}
