namespace ConfigLsp.Configuration.Storage.State;

/// <summary>What the settings files held when they were last looked at. Runs within a transaction.</summary>
internal static class TrackedFiles
{
    /// <summary>The hash of what a file held; null: it was never seen.</summary>
    public static (string? Hash, bool IsKnown)? Find(StateConnection connection, string target) => connection.First<(string?, bool)?>(
        "SELECT hash FROM file WHERE target = $1", static row => (row.GetStringOrNull(0), true), target);

    /// <summary>What ingesting would come to.</summary>
    public static IngestResult Examine(StateConnection connection, OutsideEdit edit)
    {
        var revision = RevisionLog.Current(connection);
        if (Find(connection, edit.Target) is not { } file)
        {
            return new IngestResult(IngestOutcome.Baseline, revision);
        }

        var outcome = file.Hash == edit.NewHash ? IngestOutcome.Unchanged
            : edit.NewHash is not null && UpdateIntents.Pending(connection, edit.Target).Any(p => p.NewHash == edit.NewHash) ? IngestOutcome.UpdatePending
            : file.Hash != edit.OldHash ? IngestOutcome.Stale
            : IngestOutcome.Recorded;
        return new IngestResult(outcome, revision);
    }

    public static IngestResult Ingest(StateConnection connection, OutsideEdit edit)
    {
        var result = Examine(connection, edit);
        if (result.Outcome is not (IngestOutcome.Baseline or IngestOutcome.Recorded))
        {
            return result;
        }

        if (edit.NewHash is not null)
        {
            KeptContents.Add(connection, edit.NewHash, edit.NewContent);
        }

        if (result.Outcome == IngestOutcome.Baseline)
        {
            RevisionLog.SetFile(connection, edit.Target, edit.Source, edit.NewHash);
            return result;
        }

        var entry = new HistoryEntry(
            0, edit.Timestamp, edit.Source, edit.Target, ChangeKind.Outside, edit.Origin, edit.OldHash, edit.NewHash, [], edit.Changes.Count);
        return result with { Revision = RevisionLog.Append(connection, entry, edit.Changes) };
    }
}
