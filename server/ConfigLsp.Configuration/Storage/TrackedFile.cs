namespace ConfigLsp.Configuration.Storage;

/// <summary>What a settings file held when it was last looked at.</summary>
/// <param name="Hash">The hash of its content; null: it was not there.</param>
/// <param name="Content">Its content; null if it was not there.</param>
public sealed record TrackedFile(string? Hash, ReadOnlyMemory<byte>? Content);

/// <summary>What a file held before or after a revision.</summary>
/// <param name="Target">The file.</param>
/// <param name="Source">The name of its source at that time.</param>
/// <param name="Hash">The hash of the content; null: the file was not there.</param>
/// <param name="Content">The content; null: the file was not there.</param>
public sealed record RevisionContent(string Target, string Source, string? Hash, ReadOnlyMemory<byte>? Content);
