using ConfigLsp.Configuration.Http;

namespace ConfigLsp.Configuration.Schemas.Downloading;

/// <summary>Why a schema is not downloaded, or could not be, and what to do about it. The brief form names no address, since reports are passed on.</summary>
internal static class DownloadReasons
{
    public static SchemaContent.Failed Disabled { get; } =
        new("Downloading schemas is switched off. Set `json.schemaDownload.enable` to true, or save the schema in the workspace.") { Brief = "downloading is switched off" };

    public static SchemaContent.Failed Offline { get; } =
        new("There is no copy of it from an earlier run, and with `--offline` nothing is downloaded. Run once without `--offline`.") { Brief = "nothing is downloaded in this run" };

    public static SchemaContent.Failed NeedsTrust { get; } = new(
        "The workspace is not trusted, so nothing is downloaded for it. Trust the workspace (on the command line with `configlsp trust` or `--trust`), or save the schema in it.")
    {
        NeedsTrust = true,
        Brief = "the workspace is not trusted",
    };

    /// <summary>Nobody has said that the address may be downloaded from.</summary>
    public static SchemaContent.Failed Untrusted(Uri address)
    {
        var origin = address.GetLeftPart(UriPartial.Authority);
        return new SchemaContent.Failed(
            $"{origin} is not among the addresses that schemas may be downloaded from. Add \"{origin}/\": true to `json.schemaDownload.trustedDomains` in the settings"
            + $" (on the command line: `--trusted-domain {origin}/`), or save the schema in the workspace.")
        {
            NeedsHostTrust = true,
            Brief = "its host is not among the trusted ones",
        };
    }

    /// <summary>The person has said that the address must not be downloaded from.</summary>
    public static SchemaContent.Failed Denied(Uri address) =>
        new($"`json.schemaDownload.trustedDomains` refuses {address.GetLeftPart(UriPartial.Authority)}. Change that entry, or save the schema in the workspace.")
        {
            Brief = "the settings refuse its host",
        };

    /// <summary>A request that failed.</summary>
    public static SchemaContent.Failed From(Uri address, HttpFault fault)
    {
        var advice = fault.Kind switch
        {
            HttpFaultKind.PrivateAddress => "Set `configlsp.http.allowPrivateAddresses` to true (on the command line: `--allow-private-addresses`) if you trust that network.",
            HttpFaultKind.Missing => "Correct the address, or wait until the schema is there: it is tried again by itself.",
            HttpFaultKind.Forbidden => "Schemas are fetched without a password; save a copy in the workspace.",
            HttpFaultKind.TooLarge => "Save a smaller schema in the workspace.",
            HttpFaultKind.Invalid => "Correct the address, or tell those who publish the schema.",
            _ when fault.IsTransient => "It is tried again by itself, less and less often. Behind a proxy, set `http.proxy` (on the command line: HTTPS_PROXY).",
            _ => "Correct the address, or save the schema in the workspace.",
        };
        // Whatever it was, it may be mended on the other side; only the settings here can mend the address.
        return new SchemaContent.Failed($"{address.Host} was asked, but the schema {fault.What}. {advice}")
        {
            MayPass = fault.Kind != HttpFaultKind.PrivateAddress,
            Brief = fault.What.Contains('/', StringComparison.Ordinal) ? "it redirects to an address that is not trusted" : $"it {fault.What}",
        };
    }
}
