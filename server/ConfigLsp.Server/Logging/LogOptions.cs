namespace ConfigLsp.Server.Logging;

/// <summary>Where and how much is logged.</summary>
internal sealed record LogOptions
{
    /// <summary>Least important level that is written.</summary>
    public LogLevel Level { get; init; } = LogLevel.Info;

    /// <summary>The file to write; null for one in the user's state folder.</summary>
    public string? File { get; init; }

    /// <summary>Whether a file is written at all.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Which part of the product writes, for instance <c>lsp</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Largest file, in bytes; then the next one begins.</summary>
    public long FileBytes { get; init; } = 5 * 1024 * 1024;

    /// <summary>Most files that one process leaves behind.</summary>
    public int Files { get; init; } = 3;
}
