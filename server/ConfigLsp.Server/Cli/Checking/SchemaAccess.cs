using ConfigLsp.Configuration.Http;
using ConfigLsp.Configuration.Schemas.Downloading;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>What the person permits on the command line of reading and downloading schemas.</summary>
internal sealed record SchemaAccess
{
    /// <summary>Whether the workspaces are trusted: their files may name schemas outside of them.</summary>
    public bool Trust { get; init; }

    /// <summary>Whether nothing is downloaded.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Addresses that schemas may be downloaded from, beside those that everybody trusts.</summary>
    public IReadOnlyList<string> TrustedDomains { get; init; } = [];

    /// <summary>Whether these may be of a private network.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Whether a workspace is trusted: in this run, or for good (<c>configlsp trust</c>).</summary>
    public Func<string, bool> TrustIn(CommandLineHost host)
    {
        if (Trust)
            return static _ => true;
        var remembered = new Lazy<Configuration.Workspace.TrustStore?>(() => HostFactory.FindTrust(host.ServiceOptions()));
        return folder => remembered.Value?.IsTrusted(folder) == true;
    }

    public SchemaDownloadSettings ToSettings(CommandLineHost host) => new()
    {
        IsOffline = IsOffline,
        Trusted = TrustedSchemaAddresses.Default.With(TrustedDomains),
        Http = HttpAccess.FromEnvironment(host.Variable) with { AllowPrivateAddresses = AllowPrivateAddresses },
    };
}
