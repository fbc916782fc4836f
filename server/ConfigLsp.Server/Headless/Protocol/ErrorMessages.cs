namespace ConfigLsp.Server.Headless.Protocol;

/// <summary>An error inside a result, in the form of an error reply.</summary>
internal sealed record ErrorBody(int Code, string Message, ErrorData Data);

/// <summary>The <c>data</c> of an error of the service.</summary>
internal sealed record ErrorData
{
    public required string Name { get; init; }

    public required string Class { get; init; }

    public required bool Retryable { get; init; }

    public long? RetryAfterMs { get; init; }

    public string? Key { get; init; }

    public string? Source { get; init; }

    public string? RequestId { get; init; }

    public required string Help { get; init; }

    public IReadOnlyList<DiagnosticBody>? Diagnostics { get; init; }

    public CurrentBody? Current { get; init; }

    public bool? Applied { get; init; }
}

/// <param name="Revision">The revision of the key in the target source; 0: it never changed.</param>
/// <param name="Value">Its value there; absent if it is not set or secret.</param>
/// <param name="Etag">The hash of the file's content; absent if there is no file.</param>
internal sealed record CurrentBody(long Revision, RawJson? Value, string? Etag);
