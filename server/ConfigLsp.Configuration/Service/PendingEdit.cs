using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Storage;

namespace ConfigLsp.Configuration.Service;

/// <summary>What an update wants to do to a file, before the file was looked at.</summary>
internal abstract record PendingEdit(string Source)
{
    /// <summary>The keys that it touches; for the whole file the root.</summary>
    public abstract ImmutableArray<SettingKey> Keys { get; }

    public abstract ChangeKind Kind { get; }

    public string? TransactionId { get; init; }

    public string? Actor { get; init; }

    public bool IsDryRun { get; init; }

    public IEditorBuffers? Buffers { get; init; }

    /// <summary>Tells requests apart that come under one <see cref="TransactionId"/>.</summary>
    public string Fingerprint => ContentHash.Of(Encoding.UTF8.GetBytes($"{Source}\n{Describe()}"));

    /// <summary>What is otherwise than the asker expects; null if nothing. The file's path lock is held.</summary>
    public abstract ServiceError? FindConflict(WorkspaceParts parts, SourceSlot slot, SourceContent before, string? hash);

    /// <summary>Works out the change, and checks what would be in effect afterwards.</summary>
    public abstract ServiceResult<PreparedEdit> Prepare(WorkspaceParts parts, SourceSlot slot, SourceContent before);

    /// <summary>All that distinguishes it.</summary>
    protected abstract string Describe();

    /// <summary>Makes the change in the editor where the file is open with changes that are not saved; null where it is not.</summary>
    public async ValueTask<ServiceResult<UpdateResult>?> TryThroughEditorAsync(WorkspaceParts parts, string path, SourceSlot slot, CancellationToken cancellationToken)
    {
        foreach (var buffers in parts.Buffers())
        {
            if (buffers.Find(path) is not { } buffer || IsSaved(parts, path, buffer))
            {
                continue;
            }

            if (buffers != Buffers)
            {
                return new ServiceError(ServiceErrors.DocumentDirty, $"The file of the source '{Source}' is open in an editor with changes that are not saved.");
            }

            // The expectation was compared with the file; what is prepared now is about the text that the person sees.
            var open = new SourceContent(Core.Syntax.Json.JsonParser.Parse(buffer.Text)) { FilePath = path };
            if (!Prepare(parts, slot, open).TryGet(out var prepared, out var error))
            {
                return error;
            }

            return prepared.IsNoChange || await buffers.ApplyAsync(buffer, prepared.Changes, cancellationToken).ConfigureAwait(false)
                ? prepared.ToResult(Source, revision: null, etag: null) with { IsPendingSave = true }
                : new ServiceError(ServiceErrors.DocumentDirty, $"The editor did not make the change in the file of the source '{Source}', which has changes that are not saved.");
        }

        return null;
    }

    private static bool IsSaved(WorkspaceParts parts, string path, EditorBuffer buffer) =>
        DurableFile.Read(parts.Files, new DurableTarget(path), CancellationToken.None) is { IsSuccess: true, Value: { Content: { } saved } } && IsSame(saved.Span, buffer.Text.Span);

    /// <summary>Whether the editor shows what is saved. Editors keep the byte order mark to themselves, and give a text with mixed line ends one kind of them.</summary>
    private static bool IsSame(ReadOnlySpan<byte> saved, ReadOnlySpan<byte> open)
    {
        saved = WithoutMark(saved);
        open = WithoutMark(open);
        return saved.SequenceEqual(open) || (HasMixedLineEnds(saved) && WithoutReturns(saved).SequenceEqual(WithoutReturns(open)));
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;

    private static bool HasMixedLineEnds(ReadOnlySpan<byte> text)
    {
        var windows = text.Count("\r\n"u8);
        return windows > 0 && text.Count((byte)'\n') > windows;
    }

    private static byte[] WithoutReturns(ReadOnlySpan<byte> text) => [.. text.ToArray().Where(static b => b != '\r')];
}
