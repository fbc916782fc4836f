using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Errors;

/// <summary>Every error of the service. <c>docs/errors.md</c> is generated from it.</summary>
public static class ServiceErrors
{
    public static readonly ErrorDescriptor InvalidKey = new(
        -33001, nameof(InvalidKey), ErrorClass.Validation, IsRetryable: false,
        "The key does not follow the grammar of keys: it is empty or too long, has an empty segment, or holds `..`, a control character or one of `< > \" '`.",
        "Write the key as names with dots between them, such as `agent.limits.max`; for names that hold dots, send `path` as an array.");

    public static readonly ErrorDescriptor UnknownKey = new(
        -33002, nameof(UnknownKey), ErrorClass.Validation, IsRetryable: false,
        "The schema of the settings has no such key and permits no others.",
        "Check the spelling; `configlsp list` shows all keys. If the key is new, add it to the schema.");

    public static readonly ErrorDescriptor ValidationFailed = new(
        -33003, nameof(ValidationFailed), ErrorClass.Validation, IsRetryable: false,
        "The schema refuses the value, or the settings that would be in effect afterwards. `error.data.diagnostics` says what and where.",
        "Correct the value as the diagnostics say. Nothing was changed.");

    public static readonly ErrorDescriptor SourceNotWritable = new(
        -33004, nameof(SourceNotWritable), ErrorClass.Configuration, IsRetryable: false,
        "The source named for the update does not exist or cannot be written: only sources of type `file` and `vscode` can.",
        "Name a writable source; `configlsp sources` lists them.");

    public static readonly ErrorDescriptor PathOutsideRoot = new(
        -33005, nameof(PathOutsideRoot), ErrorClass.Configuration, IsRetryable: false,
        "The file of the source lies outside of the folder in which it may be written, perhaps through a link.",
        "Move the file into the folder, or trust the workspace if its `configlsp.json` names a file elsewhere on purpose.");

    public static readonly ErrorDescriptor LimitExceeded = new(
        -33006, nameof(LimitExceeded), ErrorClass.Validation, IsRetryable: false,
        "A limit of size, number or depth is exceeded; the message names it.",
        "Send less at once. `configlsp/info` lists the limits.");

    public static readonly ErrorDescriptor SourceInvalid = new(
        -33007, nameof(SourceInvalid), ErrorClass.Configuration, IsRetryable: false,
        "The document of the source cannot be used: it has syntax errors, the wrong type or is no object.",
        "Mend the document; `configlsp check` shows where. Until then its last good content serves reads.");

    public static readonly ErrorDescriptor SourceMissing = new(
        -33008, nameof(SourceMissing), ErrorClass.Configuration, IsRetryable: false,
        "The document of a source that is required is not there.",
        "Create it, correct its path, or mark the source as `optional` in `configlsp.json`.");

    public static readonly ErrorDescriptor NotTrusted = new(
        -33009, nameof(NotTrusted), ErrorClass.Configuration, IsRetryable: false,
        "The workspace is not trusted, and what was asked for needs trust: an HTTP source, `${env:NAME}`, or a path outside of the folder.",
        "Trust the workspace in the editor, or pass `--trust` on the command line, if you know where its files come from.");

    public static readonly ErrorDescriptor Conflict = new(
        -33010, nameof(Conflict), ErrorClass.Conflict, IsRetryable: false,
        "What the update expected is not so: the key or the file has changed since. `error.data.current` has the current revision and value.",
        "Read the key again, decide again, and send the update with the new revision. Nothing was changed.");

    public static readonly ErrorDescriptor DocumentDirty = new(
        -33011, nameof(DocumentDirty), ErrorClass.Conflict, IsRetryable: true,
        "The file is open in an editor with changes that are not saved.",
        "Save the file in the editor, then try again.");

    public static readonly ErrorDescriptor Compacted = new(
        -33012, nameof(Compacted), ErrorClass.Conflict, IsRetryable: false,
        "The revision asked for is older than what is kept.",
        "Read everything again and go on from the revision of that answer.");

    public static readonly ErrorDescriptor Timeout = new(
        -33020, nameof(Timeout), ErrorClass.Timeout, IsRetryable: true,
        "The operation took longer than it may: waiting for a lock, or for the source.",
        "Try again later; if it stays so, look at `configlsp health` and `configlsp sources test`.");

    public static readonly ErrorDescriptor CircuitOpen = new(
        -33021, nameof(CircuitOpen), ErrorClass.Circuit, IsRetryable: true,
        "The source failed several times in a row and is left alone for a while.",
        "Wait for `error.data.retryAfterMs`, or mend the source and reset its breaker with `configlsp/sources/breaker`.");

    public static readonly ErrorDescriptor Unavailable = new(
        -33022, nameof(Unavailable), ErrorClass.Configuration, IsRetryable: true,
        "The source or the state database cannot be reached or read at the moment.",
        "See `configlsp sources test` for the reason, and try again later.");

    public static readonly ErrorDescriptor Overloaded = new(
        -33023, nameof(Overloaded), ErrorClass.Internal, IsRetryable: true,
        "More operations wait than the service keeps: 64 for one key, 1,024 in all.",
        "Wait a moment before trying again, and send fewer at a time.");

    public static readonly ErrorDescriptor NoSpace = new(
        -33030, nameof(NoSpace), ErrorClass.Storage, IsRetryable: true,
        "The disk is full, or the quota is used up. Nothing was changed.",
        "Free space, then try again.");

    public static readonly ErrorDescriptor PermissionDenied = new(
        -33031, nameof(PermissionDenied), ErrorClass.Storage, IsRetryable: false,
        "The file, its folder or the state folder may not be read or written by this user, or the file cannot be replaced atomically without changing its owner.",
        "Correct the permissions. Nothing was changed.");

    public static readonly ErrorDescriptor DurabilityUnknown = new(
        -33032, nameof(DurabilityUnknown), ErrorClass.Storage, IsRetryable: false,
        "The update was made and is visible, but the disk did not confirm it: after a power loss the file may be as before. `error.data.applied` is true.",
        "Look after the disk. To make sure, read the key again; if it is as before, repeat the update.");

    public static readonly ErrorDescriptor ShuttingDown = new(
        -33040, nameof(ShuttingDown), ErrorClass.Internal, IsRetryable: true,
        "The service is ending and accepts nothing more.",
        "Connect again.");

    /// <summary>All of them, in the order of their codes.</summary>
    public static ImmutableArray<ErrorDescriptor> All { get; } =
    [
        InvalidKey, UnknownKey, ValidationFailed, SourceNotWritable, PathOutsideRoot, LimitExceeded, SourceInvalid, SourceMissing, NotTrusted,
        Conflict, DocumentDirty, Compacted, Timeout, CircuitOpen, Unavailable, Overloaded, NoSpace, PermissionDenied, DurabilityUnknown, ShuttingDown,
    ];
}
