using System.Collections.Immutable;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Logging;

namespace ConfigLsp.Server.Headless;

/// <summary>How the service for programs is started.</summary>
internal sealed record HeadlessServerOptions
{
    public required HeadlessTransport Transport { get; init; }

    /// <summary>The folder that relative paths refer to, absolute.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The environment variables and the home folder.</summary>
    public PathPlaceholders Placeholders { get; init; } = PathPlaceholders.FromProcess();

    /// <summary>The folders that are served, absolute; none for that of <see cref="WorkingDirectory"/>.</summary>
    public ImmutableArray<string> Workspaces { get; init; } = [];

    /// <summary>The environment whose settings apply; null to detect it.</summary>
    public string? Environment { get; init; }

    /// <summary>Whether the person trusts the folders.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>The process whose end ends the server.</summary>
    public int? ClientProcessId { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Info;

    /// <summary>The log file; null for one in the user's state folder.</summary>
    public string? LogFile { get; init; }
}

/// <summary>The way to the clients.</summary>
internal abstract record HeadlessTransport
{
    private HeadlessTransport()
    {
    }

    /// <summary>Standard input and output: one client, whose end is that of the process.</summary>
    internal sealed record Stdio : HeadlessTransport;

    /// <summary>Many clients at a Unix domain socket, on Windows at a named pipe.</summary>
    internal sealed record Listen(string Path) : HeadlessTransport;
}
