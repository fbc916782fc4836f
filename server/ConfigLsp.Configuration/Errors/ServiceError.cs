using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Configuration.Errors;

/// <summary>
/// One failure of an operation, as a client gets it. The message is short and holds no secret value and no path of the person's home folder.
/// </summary>
/// <param name="Descriptor">Which error it is.</param>
/// <param name="Message">What is wrong, and where.</param>
public sealed record ServiceError(ErrorDescriptor Descriptor, string Message)
{
    /// <summary>The key it is about, or null.</summary>
    public string? Key { get; init; }

    /// <summary>The source it is about, or null.</summary>
    public string? Source { get; init; }

    /// <summary>After which time the same request may succeed, or null if that is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Of <see cref="ServiceErrors.ValidationFailed"/>: what the schema says; secrets removed.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Of <see cref="ServiceErrors.Conflict"/>: what is there now.</summary>
    public CurrentState? Current { get; init; }

    /// <summary>Of <see cref="ServiceErrors.DurabilityUnknown"/>: true, the update was made.</summary>
    public bool IsApplied { get; init; }
}

/// <summary>What a conflicting update found.</summary>
/// <param name="Revision">The revision of the key in the target source; 0: never changed.</param>
/// <param name="Value">The value of the key there as JSON; null if it is not set or secret.</param>
/// <param name="Etag">The hash of the file's content; null if there is no file.</param>
public sealed record CurrentState(long Revision, string? Value, string? Etag);
