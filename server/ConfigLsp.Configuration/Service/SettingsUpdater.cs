using ConfigLsp.Configuration.Concurrency;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Service;

/// <summary>
/// Makes changes of settings files durable, one at a time for each file over all processes. Everything is checked before anything is touched; what
/// is refused has changed nothing.
/// </summary>
internal sealed class SettingsUpdater(WorkspaceParts parts)
{
    /// <summary>How long an update waits for others that are at the same file.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // A program that writes the file again and again, without heed of locks, wins in the end.
    private const int MaxAttempts = 5;

    /// <summary>Carries an edit of one source through.</summary>
    /// <param name="slot">The source.</param>
    /// <param name="edit">What is to be changed.</param>
    /// <param name="cancellationToken">Ends the waiting; from the first write on the update runs to its end.</param>
    public async ValueTask<ServiceResult<UpdateResult>> RunAsync(SourceSlot slot, PendingEdit edit, CancellationToken cancellationToken)
    {
        if (!parts.Ledger.Open().TryGet(out var database, out var error))
        {
            return error;
        }

        if (parts.PathLocks is not { } pathLocks)
        {
            return new ServiceError(ServiceErrors.Unavailable, "There is no state folder for locks.");
        }

        if (Replay(database, edit, out error) is { } replayed)
        {
            return replayed;
        }

        if (error is not null)
        {
            return error;
        }

        var target = TargetOf(slot.Plan);
        if (!DurableFile.Locate(parts.Files, target).TryGet(out var path, out error))
        {
            return error with { Source = slot.Name };
        }

        if (!(await parts.KeyLocks.AcquireAsync(path, edit.Keys, cancellationToken).ConfigureAwait(false)).TryGet(out var keys, out error))
        {
            return error;
        }

        using (keys)
        {
            // What the breaker would refuse does not wait for a lock first.
            var result = slot.Pipeline.FindRefusal() is { } refusal
                ? refusal
                : await UnderLockAsync(slot, target, path, edit, database, pathLocks, cancellationToken).ConfigureAwait(false);
            return result.TryGet(out var done, out error) ? done : error with { Source = error.Source ?? slot.Name };
        }
    }

    private static DurableTarget TargetOf(PlannedSource plan) => new(plan.FilePath!) { Root = plan.AllowedRoot };

    /// <summary>Whether an error says that the file's disk is ill. What rights, a client or another program have to do with it says nothing about that.</summary>
    private static bool IsFailureOfSource(ServiceError error) =>
        error.Descriptor == ServiceErrors.Unavailable || error.Descriptor == ServiceErrors.NoSpace || error.Descriptor == ServiceErrors.DurabilityUnknown;

    private static UpdateResult? Replay(StateDatabase database, PendingEdit edit, out ServiceError? error)
    {
        error = null;
        if (edit.TransactionId is not { } id || edit.IsDryRun)
        {
            return null;
        }

        if (!database.FindTransaction(id).TryGet(out var applied, out error) || applied is null)
        {
            return null;
        }

        if (applied.Fingerprint != edit.Fingerprint)
        {
            error = new ServiceError(ServiceErrors.Conflict, "The transactionId was used for another update within the last 15 minutes. Give each update one of its own.");
            return null;
        }

        return new UpdateResult(edit.Source) { Revision = applied.Revision, IsReplay = true };
    }

    private async ValueTask<ServiceResult<UpdateResult>> UnderLockAsync(
        SourceSlot slot, DurableTarget target, string path, PendingEdit edit, StateDatabase database, PathLocks pathLocks, CancellationToken cancellationToken)
    {
        if (!(await pathLocks.AcquireAsync(path, LongestWait, cancellationToken).ConfigureAwait(false)).TryGet(out var held, out var error))
        {
            return error;
        }

        using (held)
        {
            for (var attempt = 1; ; attempt++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var result = await AttemptAsync(slot, target, path, edit, database, cancellationToken).ConfigureAwait(false);

                // A conflict with what the client expects names the key; one without is the file changing under our hands.
                if (result.IsSuccess || result.Error.Descriptor != ServiceErrors.Conflict || result.Error.Key is not null || attempt == MaxAttempts)
                {
                    return result;
                }
            }
        }
    }

    private async ValueTask<ServiceResult<UpdateResult>> AttemptAsync(
        SourceSlot slot, DurableTarget target, string path, PendingEdit edit, StateDatabase database, CancellationToken cancellationToken)
    {
        var reading = await slot.Pipeline.ExecuteAsync(
            token => ValueTask.FromResult(DurableFile.Read(parts.Files, target, token)), IsFailureOfSource, AttemptMode.Single, cancellationToken).ConfigureAwait(false);
        if (!reading.TryGet(out var file, out var error)
            || !database.Recover(path, file.Hash).TryGet(out _, out error)
            || !parts.Ledger.Ingest(slot.Plan, path, file.Hash, file.Content ?? default, origin: null).TryGet(out _, out error))
        {
            return error;
        }

        // The same request may have been carried out by another process while this one waited, or by one that died.
        if (Replay(database, edit, out error) is { } replayed)
        {
            return replayed;
        }

        if (error is not null)
        {
            return error;
        }

        var before = new SourceContent(JsonParser.Parse(SourceText.FromUtf8(file.Content ?? default))) { Hash = file.Hash ?? string.Empty, FilePath = path };
        if (edit.FindConflict(parts, slot, before, file.Hash) is { } conflict)
        {
            return conflict;
        }

        if (!edit.Prepare(parts, slot, before).TryGet(out var prepared, out error))
        {
            return error;
        }

        // The asker's own editor is asked also where the file says already what is wanted: the person may have changed just that.
        var isSettled = prepared.IsNoChange && edit.Buffers is null;
        if (!edit.IsDryRun && !isSettled && await edit.TryThroughEditorAsync(parts, path, slot, cancellationToken).ConfigureAwait(false) is { } made)
        {
            return made;
        }

        if (edit.IsDryRun)
        {
            return prepared.ToResult(slot.Name, revision: null, file.Hash);
        }

        if (!prepared.IsNoChange)
        {
            return await CommitAsync(slot, target, path, edit, prepared, file, database, cancellationToken).ConfigureAwait(false);
        }

        // A retry must not make later what had not to be made now.
        return edit.TransactionId is { } id && !database.RecordTransaction(id, edit.Fingerprint).TryGet(out _, out error)
            ? error
            : prepared.ToResult(slot.Name, database.Revision is { IsSuccess: true, Value: var newest } ? newest : null, file.Hash);
    }

    private async ValueTask<ServiceResult<UpdateResult>> CommitAsync(
        SourceSlot slot, DurableTarget target, string path, PendingEdit edit, PreparedEdit prepared, TargetContent file, StateDatabase database, CancellationToken cancellationToken)
    {
        if (prepared.NewText.Length > FileLimits.SettingsFile)
        {
            return new ServiceError(ServiceErrors.LimitExceeded, $"The file would be larger than {FileLimits.SettingsFile >> 20} MiB, the most that is read back.");
        }

        var newHash = ContentHash.Of(prepared.NewText.Span);
        var intent = new UpdateIntent
        {
            Target = path,
            Source = slot.Name,
            OldHash = file.Hash,
            OldContent = file.Content ?? default,
            NewHash = newHash,
            NewContent = prepared.NewText.Memory,
            TransactionId = edit.TransactionId,
            RequestFingerprint = edit.Fingerprint,
            Actor = edit.Actor,
            Timestamp = parts.Time.GetUtcNow(),
            Kind = edit.Kind,
            Changes = RevisionLedger.Changes(slot.Plan, file.Content ?? default, prepared.NewText.Memory),
        };
        cancellationToken.ThrowIfCancellationRequested();
        if (!database.BeginUpdate(intent).TryGet(out var id, out var error))
        {
            return error;
        }

        // From here on there is no way back but the one that the disk decides: no cancellation.
        using var write = slot.BeginWrite(parts.View.Refresh);
        var replacing = await slot.Pipeline.ExecuteAsync(
            _ => ValueTask.FromResult(DurableFile.Replace(parts.Files, target, prepared.NewText.Memory, file.Hash, CancellationToken.None)),
            IsFailureOfSource,
            AttemptMode.Single,
            CancellationToken.None).ConfigureAwait(false);
        if (!replacing.TryGet(out _, out error) && !error.IsApplied)
        {
            _ = database.AbandonUpdate(id);
            return error;
        }

        // One at a time over all files of the workspace, so that those who watch get the revisions one by one and in order.
        await parts.Committing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        ServiceResult<long> recorded;
        try
        {
            recorded = database.CompleteUpdate(id);
            write.Accept(new SourceContent(JsonParser.Parse(prepared.NewText)) { Hash = newHash, FilePath = path });
            parts.Ledger.Forget(path);
            await parts.View.BuildAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            parts.Committing.Release();
        }

        if (error is not null)
        {
            return error;
        }

        // Without its record the change is there all the same; the next look at the file takes note of it.
        return recorded.TryGet(out var revision, out error)
            ? prepared.ToResult(slot.Name, revision, newHash)
            : error with { Descriptor = ServiceErrors.DurabilityUnknown, Message = $"The file was changed, but its revision could not be recorded: {error.Message}", IsApplied = true };
    }
}
