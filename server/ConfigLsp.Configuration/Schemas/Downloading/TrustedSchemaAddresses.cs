using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Schemas.Downloading;

/// <summary>
/// The addresses that schemas may be downloaded from: the setting <c>json.schemaDownload.trustedDomains</c>, in the form that VS Code gives it, an
/// object of addresses and truth values. The first entry that matches decides. An entry is <c>*</c>, for all addresses; a scheme and host,
/// <c>https://example.com</c>, where the host may be <c>*.example.com</c>, for it and all below it; or these with a path, which stands for itself
/// and all below it.
/// </summary>
public sealed class TrustedSchemaAddresses : IEquatable<TrustedSchemaAddresses>
{
    /// <summary>The most entries that are used.</summary>
    public const int MaxEntries = 1000;

    private readonly ImmutableArray<KeyValuePair<string, bool>> _entries;
    private readonly Lazy<ImmutableArray<Pattern>> _patterns;

    private TrustedSchemaAddresses(ImmutableArray<KeyValuePair<string, bool>> entries)
    {
        _entries = entries;
        _patterns = new(() => [.. _entries.Select(static e => Pattern.Parse(e.Key, e.Value)).OfType<Pattern>()]);
    }

    /// <summary>Those that VS Code trusts unless it is told otherwise: JSON Schema itself, SchemaStore, and where Microsoft publishes schemas.</summary>
    public static TrustedSchemaAddresses Default { get; } = Create(
        ((string[])
        [
            "https://schemastore.azurewebsites.net/",
            "https://raw.githubusercontent.com/microsoft/vscode/",
            "https://raw.githubusercontent.com/devcontainers/spec/",
            "https://www.schemastore.org/",
            "https://json.schemastore.org/",
            "https://json-schema.org/",
            "https://developer.microsoft.com/json-schemas/",
        ]).Select(static a => KeyValuePair.Create(a, true)));

    /// <summary>Takes over the entries of the setting; those that are no pattern match nothing.</summary>
    public static TrustedSchemaAddresses Create(IEnumerable<KeyValuePair<string, bool>> entries) => new([.. entries.Take(MaxEntries)]);

    /// <summary>These, and behind them further ones that are trusted.</summary>
    public TrustedSchemaAddresses With(IEnumerable<string> addresses) => Create([.. addresses.Select(static a => KeyValuePair.Create(a, true)), .. _entries]);

    /// <summary>Whether the setting trusts an address, or refuses it; null where it says nothing.</summary>
    internal bool? Judge(Uri address)
    {
        foreach (var pattern in _patterns.Value)
        {
            if (pattern.IsMatch(address))
            {
                return pattern.IsTrusted;
            }
        }

        return null;
    }

    /// <inheritdoc />
    public bool Equals(TrustedSchemaAddresses? other) => other is not null && _entries.SequenceEqual(other._entries);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as TrustedSchemaAddresses);

    /// <inheritdoc />
    public override int GetHashCode() => _entries.Length;

    private sealed record Pattern(string? Scheme, string Host, bool WithSubdomains, int Port, string Path, bool IsTrusted)
    {
        public static Pattern? Parse(string text, bool isTrusted)
        {
            text = text.Trim();
            if (text == "*")
            {
                return new Pattern(Scheme: null, Host: string.Empty, WithSubdomains: true, Port: 0, Path: "/", isTrusted);
            }

            // A star is no part of a host for the parser of addresses.
            var star = text.IndexOf("://*.", StringComparison.Ordinal);
            var plain = star < 0 ? text : string.Concat(text.AsSpan(0, star + 3), text.AsSpan(star + 5));
            return Uri.TryCreate(plain, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0
                ? new Pattern(address.Scheme, address.IdnHost, star >= 0, address.Port, address.AbsolutePath, isTrusted)
                : null;
        }

        public bool IsMatch(Uri address) => Scheme is null || (address.Scheme == Scheme && address.Port == Port && IsHost(address.IdnHost) && IsPath(address.AbsolutePath));

        private bool IsHost(string host) =>
            host.Equals(Host, StringComparison.OrdinalIgnoreCase)
            || (WithSubdomains && host.EndsWith(Host, StringComparison.OrdinalIgnoreCase) && host[^(Host.Length + 1)] == '.');

        private bool IsPath(string path)
        {
            if (Path == "/")
            {
                return true;
            }

            // Servers may take an escaped slash for one, and leave the folder with it.
            return !path.Contains("%2f", StringComparison.OrdinalIgnoreCase) && !path.Contains("%5c", StringComparison.OrdinalIgnoreCase)
                && (path == Path || path.StartsWith(Path.EndsWith('/') ? Path : Path + "/", StringComparison.Ordinal));
        }
    }
}
