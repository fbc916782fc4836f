using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Sources;

/// <summary>What one attempt to read a source gave.</summary>
public abstract record SourceReading
{
    private SourceReading()
    {
    }

    /// <summary>The source was read; or has not changed, and the content is the previous one.</summary>
    public sealed record Loaded(SourceContent Content) : SourceReading;

    /// <summary>The document of the source is not there, which is no failure.</summary>
    public sealed record Missing : SourceReading;

    /// <summary>The source could not be read.</summary>
    /// <param name="Error">Why.</param>
    /// <param name="IsTransient">Whether another attempt may succeed; only these are retried and count for the breaker.</param>
    public sealed record Failed(ServiceError Error, bool IsTransient) : SourceReading;
}

/// <summary>The content of a source at one time. Immutable.</summary>
/// <param name="Tree">The document; of variables and schema defaults one that was made of them.</param>
public sealed record SourceContent(SyntaxTree Tree)
{
    /// <summary>Tells contents apart: SHA-256 of the bytes in lower-case hexadecimal digits; empty where there are no bytes.</summary>
    public string Hash { get; init; } = string.Empty;

    /// <summary>What the origin calls this version, such as the ETag of HTTP; null if nothing.</summary>
    public string? Validator { get; init; }

    /// <summary>The file that was read, absolute, links resolved; null if it was none.</summary>
    public string? FilePath { get; init; }

    /// <summary>
    /// Of variables: the name of the one that an entry of the document comes from, by the entry's JSON Pointer; a top-level entry that was put
    /// together from several has the first one. Null elsewhere.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    /// <summary>What was passed over while reading: sentences for people, without values.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}
