using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Service;

/// <summary>Sets or removes one key.</summary>
/// <param name="Source">The source.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value as JSON; null to remove the key.</param>
/// <param name="Expect">What must be so; null for nothing.</param>
internal sealed record KeyEdit(string Source, SettingKey Key, ReadOnlyMemory<byte>? Value, UpdateExpectation? Expect) : PendingEdit(Source)
{
    public override ImmutableArray<SettingKey> Keys => [Key];

    public override ChangeKind Kind => ChangeKind.Update;

    public override ServiceError? FindConflict(WorkspaceParts parts, SourceSlot slot, SourceContent before, string? hash)
    {
        if (Expect is null)
        {
            return null;
        }

        var written = Written(slot.Plan, before).Find(Key.Segments);
        var revision = parts.Ledger.KeyRevisions(before.FilePath, [Key])?.Revisions[0] ?? 0;
        var conflict = Expect switch
        {
            { Revision: { } expected } when expected != revision => $"'{Key}' is at revision {revision} in the source '{Source}', not at {expected}.",
            { IsAbsent: true } when written is not null => $"'{Key}' is set in the source '{Source}' already.",
            { Etag: { } etag } when etag != (hash ?? string.Empty) => $"The file of the source '{Source}' has changed.",
            _ => null,
        };
        if (conflict is null)
        {
            return null;
        }

        // What is there now may hold a secret that the view has not seen yet.
        var now = parts.View.Current is { } view ? parts.View.Preview(view, slot, before) : null;
        var isShown = written is not null && now is not null && !now.IsSecret(Key) && !now.HoldsSecret(Key);
        return new ServiceError(ServiceErrors.Conflict, conflict)
        {
            Key = Key.ToString(),
            Source = Source,
            Current = new CurrentState(revision, isShown ? Encoding.UTF8.GetString(JsonRendering.ToJson(written!).Span) : null, hash),
        };
    }

    public override ServiceResult<PreparedEdit> Prepare(WorkspaceParts parts, SourceSlot slot, SourceContent before)
    {
        if (SourceDocuments.FindFault(before.Tree, Source) is { } fault)
        {
            return fault with { Key = Key.ToString() };
        }

        return SettingsEditor.ApplyAll(before.Tree, [.. EditsIn(slot.Plan, before.Tree)], EditOptions.Default) switch
        {
            EditResult.Applied applied => EffectCheck.Check(parts, slot, before, new PreparedEdit(before.Tree.Text, applied.Text, applied.Changes), applied.Tree, Key),
            EditResult.Refused refused => ToError(refused),
            _ => throw new InvalidOperationException("There is no such result."),
        };
    }

    protected override string Describe() => $"{(Value is null ? "unset" : "set")}\n{Key.Pointer}\n{(Value is { } value ? Encoding.UTF8.GetString(value.Span) : null)}";

    /// <summary>The settings of a document as they are written.</summary>
    private static SettingNode Written(PlannedSource plan, SourceContent content) =>
        LayeredView.EntriesOf(plan, content) is { } entries ? LayerReader.ReadWritten(entries, 0).Root : SettingNode.Empty;

    private IEnumerable<SettingsEdit> EditsIn(PlannedSource plan, SyntaxTree tree)
    {
        if (plan is not { Type: SourceType.VsCode, Configuration.Section: { } section })
        {
            return [ToEdit(Key.Segments)];
        }

        // A key can stand there in several ways, as one dotted name and within an object, and parts of an object's value beside it: unset means that
        // none is left, and set that none adds to the new value.
        var all = VsCodeSection.FindAll(tree, section, Key);
        if (Value is null)
        {
            return all.Select(ToEdit);
        }

        var place = VsCodeSection.GetWritePath(tree, section, Key);
        return [.. all.Where(p => !p.SequenceEqual(place)).Select(static p => new SettingsEdit.Unset(ToPath(p))), ToEdit(place)];
    }

    private SettingsEdit ToEdit(ImmutableArray<string> names)
    {
        var path = ToPath(names);
        return Value is { } value ? new SettingsEdit.Set(path, value) : new SettingsEdit.Unset(path);
    }

    private static ImmutableArray<PathSegment> ToPath(ImmutableArray<string> names) => [.. names.Select(static n => new PathSegment(n))];

    private ServiceError ToError(EditResult.Refused refused)
    {
        var descriptor = refused.Kind switch
        {
            EditRefusal.SyntaxError or EditRefusal.NotVerified => ServiceErrors.SourceInvalid,
            EditRefusal.TooLarge => ServiceErrors.LimitExceeded,
            _ => ServiceErrors.ValidationFailed,
        };
        return new ServiceError(descriptor, refused.Message) { Key = Key.ToString(), Source = Source };
    }
}
