namespace ConfigLsp.Server.Cli.Checking;

/// <summary>How a checked file is called in results.</summary>
/// <param name="DisplayPath">With forward slashes; relative to the current folder if it lies in it, else absolute; <c>-</c> or its given name for standard input.</param>
/// <param name="Uri">Its absolute URI, or null for standard input without a name.</param>
/// <param name="IsRelative">Whether <paramref name="DisplayPath"/> is relative to the current folder.</param>
internal sealed record FileLocation(string DisplayPath, string? Uri, bool IsRelative);
