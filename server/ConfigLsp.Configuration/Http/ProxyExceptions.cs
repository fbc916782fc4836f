using System.Globalization;

namespace ConfigLsp.Configuration.Http;

/// <summary>The hosts that are reached without the proxy.</summary>
internal sealed class ProxyExceptions
{
    private readonly (string Host, int? Port)[] _hosts;
    private readonly bool _all;

    private ProxyExceptions((string Host, int? Port)[] hosts, bool all)
    {
        _hosts = hosts;
        _all = all;
    }

    /// <summary>Reads a list as <see cref="HttpAccess.NoProxy"/> describes it; what is empty in it is passed over.</summary>
    public static ProxyExceptions Parse(string list)
    {
        var entries = list.Split((char[])[',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new ProxyExceptions([.. entries.Where(static e => e != "*").Select(Split)], entries.Contains("*"));
    }

    /// <summary>Whether an address is reached without the proxy.</summary>
    public bool Contains(Uri address)
    {
        var host = address.IdnHost.TrimEnd('.');
        return _all || Array.Exists(_hosts, entry => (entry.Port is null || entry.Port == address.Port) && IsWithin(host, entry.Host));
    }

    private static bool IsWithin(string host, string domain) =>
        host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.');

    private static (string Host, int? Port) Split(string entry)
    {
        int? port = null;
        var colon = entry.LastIndexOf(':');
        // An IPv6 address has colons of its own; in brackets a port may follow it.
        if (colon > 0 && (entry.IndexOf(':', StringComparison.Ordinal) == colon || entry[colon - 1] == ']')
            && int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            (entry, port) = (entry[..colon], number);
        }

        var host = entry.StartsWith("*.", StringComparison.Ordinal) ? entry[2..] : entry.TrimStart('.');
        return (host.Trim('[', ']'), port);
    }
}
