namespace ConfigLsp.Configuration.Schemas.Downloading;

/// <summary>What is permitted when a schema is asked for.</summary>
/// <param name="Settings">The person's settings.</param>
/// <param name="IsWorkspaceTrusted">Whether the workspace is trusted.</param>
internal sealed record DownloadPermission(SchemaDownloadSettings Settings, bool IsWorkspaceTrusted)
{
    /// <summary>The origins (scheme, host and port) that the person has named for this run, which need no further trust.</summary>
    public IReadOnlySet<string> NamedOrigins { get; init; } = new HashSet<string>();

    /// <summary>Whether a trusted document of the same origin refers to the document.</summary>
    public bool IsInherited { get; init; }

    public static Uri ToHttps(Uri address) =>
        address is { Scheme: "http", IsDefaultPort: true } ? new UriBuilder(address) { Scheme = Uri.UriSchemeHttps, Port = -1 }.Uri : address;

    /// <summary>Many files name schemas with http: whose servers have long had https:, and trust is given for that.</summary>
    public Uri Upgrade(Uri address) => Settings.Trusted.Judge(address) is null && Settings.Trusted.Judge(ToHttps(address)) == true ? ToHttps(address) : address;

    /// <summary>Whether the person has refused an address outright: then no copy serves either.</summary>
    public bool IsDenied(Uri address) => !IsNamed(address) && Settings.Trusted.Judge(address) == false;

    /// <summary>Why an address is not asked; null if it is.</summary>
    public SchemaContent.Failed? FindRefusal(Uri address) =>
        Settings.IsOffline ? DownloadReasons.Offline
        : !Settings.IsEnabled ? DownloadReasons.Disabled
        : IsNamed(address) ? null
        : !IsWorkspaceTrusted ? DownloadReasons.NeedsTrust
        : IsInherited || Settings.Trusted.Judge(address) == true ? null
        : DownloadReasons.Untrusted(address);

    /// <summary>Trust does not lead anywhere else: a redirect needs trust of its own, unless it stays with its host.</summary>
    public Func<Uri, string?> JudgeRedirect(Uri from) => to =>
        Settings.Trusted.Judge(to) switch
        {
            true => null,
            false => $"redirects to {to.GetLeftPart(UriPartial.Authority)}, which `json.schemaDownload.trustedDomains` refuses",
            null when to.IdnHost.Equals(from.IdnHost, StringComparison.OrdinalIgnoreCase) && (to.Port == from.Port || (from.IsDefaultPort && to.IsDefaultPort)) => null,
            null => $"redirects to {to.GetLeftPart(UriPartial.Authority)}, which is not among the addresses of `json.schemaDownload.trustedDomains`",
        };

    private bool IsNamed(Uri address) => NamedOrigins.Contains(address.GetLeftPart(UriPartial.Authority));
}
