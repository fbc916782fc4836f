namespace ConfigLsp.Configuration.Workspace;

/// <summary>What to look for settings files in.</summary>
/// <param name="Arguments">Files, folders and globs, absolute or relative; none means the current folder.</param>
/// <param name="CurrentFolder">The absolute path that relative arguments start from.</param>
public sealed record SettingsFileQuery(IReadOnlyList<string> Arguments, string CurrentFolder)
{
    /// <summary>The workspace folder, where one was named; else each file's is looked for above it.</summary>
    public string? WorkspaceFolder { get; init; }

    /// <summary>Whether the content of a folder (absolute path) is trusted.</summary>
    public Func<string, bool> IsTrusted { get; init; } = static _ => false;

    /// <summary>How many folders deep a walk goes.</summary>
    public int MaxDepth { get; init; } = 100;
}
