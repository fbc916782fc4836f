namespace ConfigLsp.Configuration.Sources.Http;

/// <summary>How HTTP sources reach their addresses. The person's settings, never the workspace's.</summary>
public sealed record HttpAccess
{
    /// <summary>The proxy for all requests (<c>http.proxy</c>), or null.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Whether certificates must be valid (<c>http.proxyStrictSSL</c>).</summary>
    public bool VerifyCertificates { get; init; } = true;

    /// <summary>Whether addresses may be loopback, link-local, private or otherwise not of the public internet.</summary>
    public bool AllowPrivateAddresses { get; init; }
}
