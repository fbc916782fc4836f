using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Service;

/// <summary>Updates, history and validation.</summary>
public sealed partial class ConfigurationService
{
    /// <summary>The longest <see cref="UpdateRequest.TransactionId"/>.</summary>
    public const int MaxTransactionIdLength = 128;

    /// <summary>The largest value of an update, in bytes.</summary>
    public const int MaxValueBytes = 8 * 1024 * 1024;

    /// <summary>Changes one key of one source. A revision in the answer means that the change is on the disk.</summary>
    public ValueTask<ServiceResult<UpdateResult>> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) =>
        RunAsync<UpdateResult>("update", async () =>
        {
            var workspace = Workspace;
            if (FindFault(request.TransactionId) is { } fault)
            {
                return fault;
            }

            if (!request.Operation.Key.Parse().TryGet(out var key, out var error) || !workspace.FindTarget(request.Source).TryGet(out var slot, out error))
            {
                return error;
            }

            var view = await workspace.View.ReadAsync(cancellationToken).ConfigureAwait(false);
            if ((workspace.SchemaFault ?? FindFault(request.Operation, key, view.Schema)) is { } refused)
            {
                return refused with { Source = slot.Name };
            }

            var edit = new KeyEdit(slot.Name, key, request.Operation.Kind == OperationKind.Set ? request.Operation.Value : null, request.Expect)
            {
                TransactionId = request.TransactionId,
                Actor = request.Actor,
                IsDryRun = request.IsDryRun,
                Buffers = request.Buffers,
            };
            var result = await workspace.Updater.RunAsync(slot, edit, cancellationToken).ConfigureAwait(false);
            if (result.Error?.Descriptor == ServiceErrors.Conflict)
            {
                // What the client was told may be old although nothing looks different: a value that went there and back has another revision.
                workspace.Cache.Invalidate(key);
            }

            return result;
        });

    /// <summary>Brings the file of a source back to what it held at a revision, which makes a new revision.</summary>
    public ValueTask<ServiceResult<UpdateResult>> RestoreAsync(RestoreRequest request, CancellationToken cancellationToken) =>
        RunAsync<UpdateResult>("restore", async () =>
        {
            var workspace = Workspace;
            if (FindFault(request.TransactionId) is { } fault)
            {
                return fault;
            }

            await workspace.View.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (workspace.SchemaFault is { } schemaFault)
            {
                return schemaFault;
            }

            if (!FindContent(workspace, request).TryGet(out var found, out var error))
            {
                return error;
            }

            // A file that was not there comes back as one that says nothing.
            var edit = new RestoreEdit(found.Slot.Name, request.Revision, found.Content ?? "{}\n"u8.ToArray())
            {
                TransactionId = request.TransactionId,
                Actor = request.Actor,
                IsDryRun = request.IsDryRun,
                Buffers = request.Buffers,
            };
            return await workspace.Updater.RunAsync(found.Slot, edit, cancellationToken).ConfigureAwait(false);
        });

    /// <summary>What changed when, the newest first.</summary>
    public ValueTask<ServiceResult<HistoryResult>> HistoryAsync(HistoryRequest request, CancellationToken cancellationToken) =>
        RunAsync<HistoryResult>("history", async () =>
        {
            if (request.Limit is < 1 or > 1000)
            {
                return new ServiceError(ServiceErrors.LimitExceeded, "`limit` must be from 1 to 1,000.");
            }

            if (!ParseOrRoot(request.Key).TryGet(out var key, out var error) || !_ledger.Open().TryGet(out var database, out error))
            {
                return error;
            }

            // What happened outside since the last look belongs to the history.
            await Workspace.View.ReadAsync(cancellationToken).ConfigureAwait(false);
            var query = new HistoryQuery { Key = key.IsRoot ? null : key, Source = request.Source, BeforeRevision = request.Before, Limit = request.Limit };
            if (!database.History(query).TryGet(out var entries, out error))
            {
                return error;
            }

            return new HistoryResult(_ledger.Revision, [.. entries.Select(ToItem)]);
        });

    /// <summary>Checks settings without changing anything.</summary>
    public ValueTask<ServiceResult<ValidationReport>> ValidateAsync(ValidateRequest request, CancellationToken cancellationToken) =>
        RunAsync<ValidationReport>("validate", async () =>
        {
            var workspace = Workspace;
            var view = await workspace.View.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (request.Operations.Length > 128)
            {
                return new ServiceError(ServiceErrors.LimitExceeded, "At most 128 operations can be checked at once.");
            }

            if (workspace.SchemaFault is { } schemaFault)
            {
                return schemaFault;
            }

            if (!request.Operations.IsEmpty)
            {
                return ValidateOperations(workspace, request, view, cancellationToken);
            }

            if (request.Content is { } content)
            {
                return ValidateContent(content, view.Schema);
            }

            var findings = view.Findings.Select(f => EffectCheck.Locate(f, view));
            if (request.File is { } file)
            {
                if (view.Layers.All(l => l.Content?.FilePath != file))
                {
                    return new ServiceError(ServiceErrors.SourceMissing, "The file is not that of a source of this workspace.");
                }

                findings = findings.Where(f => f.Place?.File == file);
            }

            ImmutableArray<LocatedDiagnostic> found = [.. findings];
            return new ValidationReport(found.IsEmpty, found);
        });

    private static HistoryItem ToItem(HistoryEntry entry) => new(
        entry.Revision,
        entry.Timestamp,
        entry.Source,
        entry.Kind,
        entry.Actor,
        [.. entry.Changes.Select(static c => new HistoryKey(c.Key.ToString(), (c.ExistedBefore, c.ExistsAfter) switch { (false, _) => "added", (_, false) => "removed", _ => "changed" }))],
        entry.ChangeCount);

    private static ServiceError? FindFault(string? transactionId) => transactionId switch
    {
        null => null,
        { Length: 0 or > MaxTransactionIdLength } => new ServiceError(ServiceErrors.LimitExceeded, $"`transactionId` must have 1 to {MaxTransactionIdLength} characters."),
        _ => null,
    };

    /// <summary>What is wrong with an operation as such; null if nothing.</summary>
    private static ServiceError? FindFault(SettingOperation operation, SettingKey key, JsonSchema? schema)
    {
        if (operation.Kind == OperationKind.Unset)
        {
            // What should not be there may always be removed.
            return null;
        }

        if (operation.Value is not { } value)
        {
            return new ServiceError(ServiceErrors.ValidationFailed, "A value is needed to set a key.") { Key = key.ToString() };
        }

        if (value.Length > MaxValueBytes)
        {
            return new ServiceError(ServiceErrors.LimitExceeded, $"A value has at most {MaxValueBytes >> 20} MiB.") { Key = key.ToString() };
        }

        var tree = JsonParser.Parse(SourceText.FromUtf8(value));
        if (!tree.Errors.IsEmpty || tree.Root.IsNone || !tree.Comments.IsEmpty || !tree.TrailingCommas.IsEmpty || JsonRendering.IsTooDeep(tree.Root))
        {
            return new ServiceError(ServiceErrors.ValidationFailed, $"The value is not one value of JSON (RFC 8259), nested at most {JsonRendering.MaxDepth} levels.") { Key = key.ToString() };
        }

        if (HasHalfPair(tree))
        {
            return new ServiceError(ServiceErrors.ValidationFailed, "The value holds half of a surrogate pair, which is no text that every program can read.") { Key = key.ToString() };
        }

        if (schema is null || ValueCheck.Find(key, value, schema) is not { } found)
        {
            return null;
        }

        // The span belongs to a document that nobody knows; the value itself is what the finding is about.
        var descriptor = found.Descriptor == DiagnosticCatalog.UnknownKey ? ServiceErrors.UnknownKey : ServiceErrors.ValidationFailed;
        return new ServiceError(descriptor, found.Message) { Key = key.ToString(), Diagnostics = [found with { Span = default, Related = [] }] };
    }

    /// <summary>Whether a text or a name in the value is not well-formed Unicode (RFC 8259 section 8.2).</summary>
    private static bool HasHalfPair(SyntaxTree tree)
    {
        var pending = new Stack<SyntaxNode>([tree.Root]);
        while (pending.TryPop(out var node))
        {
            if (node.Kind is SyntaxKind.String or SyntaxKind.Property && node.HasEscapes && !System.Text.Unicode.Utf8.IsValid(node.GetUtf8()))
            {
                return true;
            }

            foreach (var child in node.Children)
            {
                pending.Push(child);
            }
        }

        return false;
    }

    private static ValidationReport ValidateContent(ReadOnlyMemory<byte> content, JsonSchema? schema)
    {
        var snapshot = new Core.Features.DocumentSnapshot(string.Empty, 0, JsonParser.Parse(SourceText.FromUtf8(content)), schema, SyntaxDialect.JsonWithComments);
        var found = Core.Features.Validation.DocumentValidation.Validate(snapshot, Core.Features.Validation.ValidationOptions.Default, CancellationToken.None);
        var lines = snapshot.Text.Lines;
        return new ValidationReport(
            found.Diagnostics.All(static d => d.Severity != DiagnosticSeverity.Error),
            [
                .. found.Diagnostics.Select(d => new LocatedDiagnostic(
                    d,
                    new SettingPlace(string.Empty, lines.GetPosition(d.Span.Start, PositionEncoding.Utf16), lines.GetPosition(d.Span.End, PositionEncoding.Utf16)),
                    Source: null,
                    d.Data?.Path is { Length: > 0 } path ? string.Join('.', path[1..].Split('/').Select(JsonPointer.Unescape)) : null)),
            ]);
    }

    private static ServiceResult<ValidationReport> ValidateOperations(
        OpenWorkspace workspace, ValidateRequest request, ConfigurationSnapshot view, CancellationToken cancellationToken)
    {
        if (!workspace.FindTarget(request.Source).TryGet(out var slot, out var error))
        {
            return error;
        }

        var content = slot.Status.Content ?? new SourceContent(JsonParser.Parse(SourceText.Empty)) { FilePath = slot.Plan.FilePath };
        foreach (var operation in request.Operations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!operation.Key.Parse().TryGet(out var key, out error))
            {
                return error;
            }

            error = FindFault(operation, key, view.Schema);
            PreparedEdit? prepared = null;
            if (error is null)
            {
                var edit = new KeyEdit(slot.Name, key, operation.Kind == OperationKind.Set ? operation.Value : null, Expect: null);
                edit.Prepare(workspace.Parts, slot, content).TryGet(out prepared, out error);
            }

            if (error is { Descriptor.Class: ErrorClass.Validation })
            {
                return new ValidationReport(IsValid: false, [.. error.Diagnostics.Select(d => new LocatedDiagnostic(d, Place: null, slot.Name, error.Key))]);
            }

            if (error is not null)
            {
                return error;
            }

            content = content with { Tree = JsonParser.Parse(prepared!.NewText) };
        }

        return new ValidationReport(IsValid: true, []);
    }

    /// <summary>What the file of a source held at a revision.</summary>
    private ServiceResult<(SourceSlot Slot, ReadOnlyMemory<byte>? Content)> FindContent(OpenWorkspace workspace, RestoreRequest request)
    {
        if (!_ledger.Open().TryGet(out var database, out var error) || !database.History(new HistoryQuery { Limit = StateDatabase.MaxRevisions }).TryGet(out var entries, out error))
        {
            return error;
        }

        if (request.Revision < 0 || request.Revision > _ledger.Revision)
        {
            return new ServiceError(ServiceErrors.Compacted, $"There is no revision {request.Revision}; the newest is {_ledger.Revision}.");
        }

        // Without a name the revision tells the source.
        var name = request.Source ?? entries.FirstOrDefault(e => e.Revision == request.Revision)?.Source;
        if (!workspace.FindTarget(name).TryGet(out var slot, out error))
        {
            return error;
        }

        var path = _ledger.TargetOf(slot.Plan, slot.Status.Content);
        var own = entries.Where(e => e.Target == path).ToList();
        var at = own.FirstOrDefault(e => e.Revision <= request.Revision);
        var after = own.LastOrDefault(e => e.Revision > request.Revision);
        if (at is null && (after is null || entries.Length == StateDatabase.MaxRevisions))
        {
            return after is null
                ? new ServiceError(ServiceErrors.Compacted, $"The file of the source '{slot.Name}' has no history to go back to.") { Source = slot.Name }
                : new ServiceError(ServiceErrors.Compacted, $"What the file held at revision {request.Revision} is not kept any more.") { Source = slot.Name };
        }

        var content = at is not null ? database.ContentAfter(at.Revision) : database.ContentBefore(after!.Revision);
        return content.TryGet(out var found, out error) ? (slot, found.Content) : error with { Source = slot.Name };
    }
}
