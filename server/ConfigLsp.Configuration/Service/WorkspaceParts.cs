using ConfigLsp.Configuration.Concurrency;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Service;

/// <summary>What the operations on one workspace share.</summary>
internal sealed record WorkspaceParts
{
    public required IWritableFileSystem Files { get; init; }

    public required TimeProvider Time { get; init; }

    public required LayeredView View { get; init; }

    public required RevisionLedger Ledger { get; init; }

    public required KeyLocks KeyLocks { get; init; }

    /// <summary>Null where there is no state folder.</summary>
    public PathLocks? PathLocks { get; init; }

    /// <summary>Held while an update is recorded and published. Never disposed of: it holds nothing.</summary>
    public SemaphoreSlim Committing { get; } = new(1);

    /// <summary>The editors that have files open.</summary>
    public required Func<IEnumerable<IEditorBuffers>> Buffers { get; init; }
}
