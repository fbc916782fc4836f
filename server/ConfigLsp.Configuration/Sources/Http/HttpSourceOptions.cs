using ConfigLsp.Configuration.Http;

namespace ConfigLsp.Configuration.Sources.Http;

/// <summary>How an HTTP source reads.</summary>
public sealed record HttpSourceOptions
{
    /// <summary><c>json</c> (comments are errors), <c>jsonc</c>, or null. Where it is stated, the server need not name JSON as the type of the document.</summary>
    public string? Format { get; init; }

    /// <summary>After which time <see cref="HttpSource.Watch"/> asks for another look; null for never.</summary>
    public TimeSpan? RefreshInterval { get; init; }

    /// <summary>Whether the address may be loopback, link-local, private or otherwise not of the public internet. From the person's settings, never from the workspace.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>The proxy for all requests (<c>http.proxy</c>), or null. Its own address may be private.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The hosts that the proxy is not asked for, as in <see cref="HttpAccess.NoProxy"/>.</summary>
    public string NoProxy { get; init; } = string.Empty;

    /// <summary>Whether certificates must be valid (<c>http.proxyStrictSSL</c>).</summary>
    public bool VerifyCertificates { get; init; } = true;

    /// <summary>The largest document in bytes, decompressed.</summary>
    public int MaxBytes { get; init; } = 4 * 1024 * 1024;

    internal HttpAccess Access => new() { AllowPrivateAddresses = AllowPrivateAddresses, Proxy = Proxy, NoProxy = NoProxy, VerifyCertificates = VerifyCertificates };
}
