namespace ConfigLsp.Server.Headless.Serving;

/// <summary>What the service for programs takes on.</summary>
internal static class HeadlessLimits
{
    /// <summary>Clients at a time on one listener.</summary>
    public const int Connections = 256;

    /// <summary>Folders that one process serves.</summary>
    public const int Workspaces = 64;
}
