namespace ConfigLsp.Configuration.Storage;

/// <summary>What a settings file held when it was last looked at.</summary>
/// <param name="Hash">The hash of its content; null: it was not there.</param>
/// <param name="Content">Its content; null if it was not there.</param>
public sealed record TrackedFile(string? Hash, ReadOnlyMemory<byte>? Content);

/// <summary>When keys of a file last changed, and what it held at the moment of the question.</summary>
/// <param name="IsTracked">Whether the file was ever looked at.</param>
/// <param name="Hash">The hash of its content; null: it was not there.</param>
/// <param name="Newest">The newest revision of the workspace.</param>
/// <param name="Revisions">One for each key; 0: it never changed.</param>
public sealed record TrackedRevisions(bool IsTracked, string? Hash, long Newest, System.Collections.Immutable.ImmutableArray<long> Revisions);

/// <summary>What a file held before or after a revision.</summary>
/// <param name="Target">The file.</param>
/// <param name="Source">The name of its source at that time.</param>
/// <param name="Hash">The hash of the content; null: the file was not there.</param>
/// <param name="Content">The content; null: the file was not there.</param>
public sealed record RevisionContent(string Target, string Source, string? Hash, ReadOnlyMemory<byte>? Content);
