using System.Collections.Immutable;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Service;

/// <summary>What an update does to a key.</summary>
public enum OperationKind
{
    /// <summary>Gives it a value.</summary>
    Set,

    /// <summary>Removes it from the source, so that weaker sources serve.</summary>
    Unset,
}

/// <summary>One change of one key.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value as JSON (RFC 8259); null where there is none to give.</param>
public sealed record SettingOperation(OperationKind Kind, KeyText Key, ReadOnlyMemory<byte>? Value);

/// <summary>What must be so for an update to be made; compared after edits from outside were taken note of.</summary>
public sealed record UpdateExpectation
{
    /// <summary>The revision of the key in the target source; 0: it never changed.</summary>
    public long? Revision { get; init; }

    /// <summary>The key is not set in the target source.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>The hash of the file's content, as an earlier answer gave it; an empty text: there is no file.</summary>
    public string? Etag { get; init; }
}

/// <summary>A request to change one key of one source.</summary>
/// <param name="Operation">The change.</param>
public sealed record UpdateRequest(SettingOperation Operation)
{
    /// <summary>The source to change; null for the default target.</summary>
    public string? Source { get; init; }

    /// <summary>What must be so; null for nothing.</summary>
    public UpdateExpectation? Expect { get; init; }

    /// <summary>A name for the request, up to 128 characters: sending it again within 15 minutes does not change anything again.</summary>
    public string? TransactionId { get; init; }

    /// <summary>Only say what would be done.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Who asks, for the history.</summary>
    public string? Actor { get; init; }

    /// <summary>The files that are open in the editor of the asker; null if there is none.</summary>
    public IEditorBuffers? Buffers { get; init; }
}

/// <summary>A request to bring the file of a source back to an earlier content.</summary>
/// <param name="Revision">The revision whose content is wanted; 0: what was there before the first.</param>
public sealed record RestoreRequest(long Revision)
{
    /// <summary>The source; null for that of the revision, or the default target.</summary>
    public string? Source { get; init; }

    /// <summary>Only say what would be done.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>As in <see cref="UpdateRequest.TransactionId"/>.</summary>
    public string? TransactionId { get; init; }

    /// <summary>Who asks, for the history.</summary>
    public string? Actor { get; init; }

    /// <summary>The files that are open in the editor of the asker; null if there is none.</summary>
    public IEditorBuffers? Buffers { get; init; }
}

/// <summary>What became of an update.</summary>
/// <param name="Source">The source.</param>
public sealed record UpdateResult(string Source)
{
    /// <summary>The revision of the change, or the newest one where nothing had to be changed; null where the file is not saved yet.</summary>
    public long? Revision { get; init; }

    /// <summary>Whether the file has changed, or for a dry run would change.</summary>
    public bool IsChanged { get; init; }

    /// <summary>Whether the change was made in an open editor, and reaches the disk when the person saves.</summary>
    public bool IsPendingSave { get; init; }

    /// <summary>Whether this is the answer to a request that had been carried out before.</summary>
    public bool IsReplay { get; init; }

    /// <summary>The hash of the file's content afterwards; null where it is not known.</summary>
    public string? Etag { get; init; }

    /// <summary>A stronger source that sets the same key, so that reads do not see the change; null if there is none.</summary>
    public string? OverriddenBy { get; init; }

    /// <summary>The changes of the text, in order and relative to the text before.</summary>
    public ImmutableArray<SettingTextEdit> Edits { get; init; } = [];

    /// <summary>The text before; null where it is not known any more. It may hold secrets.</summary>
    public SourceText? OldText { get; init; }

    /// <summary>The text afterwards, as it is or would be; null where it is not known any more. It may hold secrets.</summary>
    public SourceText? NewText { get; init; }

    /// <summary>What the schema says about the settings that are in effect afterwards.</summary>
    public ImmutableArray<LocatedDiagnostic> Diagnostics { get; init; } = [];
}

/// <summary>One change of a text.</summary>
/// <param name="Start">Line and UTF-16 column, from 0.</param>
/// <param name="End">The end of what is replaced.</param>
/// <param name="NewText">What stands there instead.</param>
public sealed record SettingTextEdit(LinePosition Start, LinePosition End, string NewText);

/// <summary>A finding with its place and what it is about.</summary>
/// <param name="Diagnostic">The finding; its span belongs to the document at <paramref name="Place"/>.</param>
/// <param name="Place">Where it is; null where that is in no file.</param>
/// <param name="Source">The source that contributes the value, or null.</param>
/// <param name="Key">The setting, or null.</param>
public sealed record LocatedDiagnostic(Diagnostic Diagnostic, SettingPlace? Place, string? Source, string? Key)
{
    /// <summary>A finding about a view with the place where its value is written.</summary>
    public static LocatedDiagnostic Of(SettingFinding finding, ConfigurationSnapshot view) => EffectCheck.Locate(finding, view);
}
