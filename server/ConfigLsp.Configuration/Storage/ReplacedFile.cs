namespace ConfigLsp.Configuration.Storage;

/// <summary>A replacement that is on the disk.</summary>
/// <param name="RealPath">The file that was replaced, links resolved.</param>
/// <param name="OldContent">What it held; null if it was not there.</param>
/// <param name="OldHash">The hash of that; null if it was not there.</param>
/// <param name="NewHash">The hash of what it holds now.</param>
public sealed record ReplacedFile(string RealPath, ReadOnlyMemory<byte>? OldContent, string? OldHash, string NewHash);

/// <summary>What a target holds.</summary>
/// <param name="RealPath">The file, links resolved.</param>
/// <param name="Content">All bytes; null if it is not there.</param>
/// <param name="Hash">The hash of them; null if it is not there.</param>
public sealed record TargetContent(string RealPath, ReadOnlyMemory<byte>? Content, string? Hash);
