namespace ConfigLsp.Configuration.Http;

/// <summary>How settings and schemas are reached over HTTP. The person's settings, never the workspace's.</summary>
public sealed record HttpAccess
{
    /// <summary>The proxy for all requests (<c>http.proxy</c>), or null.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>
    /// The hosts that the proxy is not asked for (<c>http.noProxy</c>), separated by commas: <c>example.com</c> with all below it, <c>.example.com</c>,
    /// <c>*.example.com</c>, <c>example.com:8080</c>, or <c>*</c>.
    /// </summary>
    public string NoProxy { get; init; } = string.Empty;

    /// <summary>Whether certificates must be valid (<c>http.proxyStrictSSL</c>).</summary>
    public bool VerifyCertificates { get; init; } = true;

    /// <summary>Whether addresses may be loopback, link-local, private or otherwise not of the public internet.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>
    /// What the variables say that most programs obey: <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c> or <c>ALL_PROXY</c>, and <c>NO_PROXY</c>, in either case.
    /// A proxy that is no http(s) address counts as none.
    /// </summary>
    /// <param name="variable">Gives the value of an environment variable, or null.</param>
    public static HttpAccess FromEnvironment(Func<string, string?> variable)
    {
        return new HttpAccess { Proxy = ParseProxy(Find("HTTPS_PROXY") ?? Find("HTTP_PROXY") ?? Find("ALL_PROXY")), NoProxy = Find("NO_PROXY") ?? string.Empty };

        string? Find(string name) => variable(name) is { Length: > 0 } upper ? upper : variable(name.ToLowerInvariant()) is { Length: > 0 } lower ? lower : null;
    }

    /// <summary>The address of a proxy; null where the text is no http(s) address.</summary>
    public static Uri? ParseProxy(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var proxy) && (proxy.Scheme == Uri.UriSchemeHttp || proxy.Scheme == Uri.UriSchemeHttps) ? proxy : null;
}
