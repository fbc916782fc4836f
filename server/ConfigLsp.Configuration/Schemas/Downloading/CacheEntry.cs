using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ConfigLsp.Configuration.Http;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas.Downloading;

/// <summary>What is kept of an address beside the content that it gave.</summary>
/// <param name="Address">The address.</param>
/// <param name="Hash">The SHA-256 of the content.</param>
internal sealed record CacheEntry(string Address, string Hash)
{
    /// <summary>Longer than this no copy is taken for new, whatever the server says.</summary>
    private static readonly TimeSpan MaxFresh = TimeSpan.FromDays(7);

    /// <summary>Shorter than this none is asked about again.</summary>
    private static readonly TimeSpan MinFresh = TimeSpan.FromMinutes(10);

    /// <summary>How long a copy is new where the server does not say.</summary>
    private static readonly TimeSpan DefaultFresh = TimeSpan.FromDays(1);

    /// <summary>When the content arrived.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>When the server last said that it holds.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>How long after <see cref="CheckedAt"/> the server need not be asked.</summary>
    public required TimeSpan FreshFor { get; init; }

    /// <summary>The address behind all redirects, to which the validators belong.</summary>
    public required string Source { get; init; }

    public string? Tag { get; init; }

    public DateTimeOffset? LastModified { get; init; }

    public HttpValidator Validator => new(EntityTagHeaderValue.TryParse(Tag, out var tag) ? tag : null, LastModified);

    /// <summary>How long a copy is taken for new, from what the server permits.</summary>
    public static TimeSpan FreshnessOf(TimeSpan? maxAge) => maxAge is not { } age ? DefaultFresh : age < MinFresh ? MinFresh : age > MaxFresh ? MaxFresh : age;

    /// <summary>Whether the server need not be asked. A clock that was set back does not make a copy new for ever.</summary>
    public bool IsFresh(DateTimeOffset now) => CheckedAt <= now && now - CheckedAt < FreshFor;

    public static CacheEntry? Parse(ReadOnlyMemory<byte> json)
    {
        var root = JsonParser.Parse(SourceText.FromUtf8(json)).Root;
        return root.Property("address"u8).Text() is { } address
            && Uri.TryCreate(address, UriKind.Absolute, out _)
            && root.Property("sha256"u8).Text() is { Length: 64 } hash && hash.All(char.IsAsciiHexDigitLower)
            && ReadTime(root.Property("fetchedAt"u8)) is { } fetchedAt
            && ReadTime(root.Property("checkedAt"u8)) is { } checkedAt
            && int.TryParse(root.Property("freshForSeconds"u8).Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var freshFor)
            ? new CacheEntry(address, hash)
            {
                FetchedAt = fetchedAt,
                CheckedAt = checkedAt,
                FreshFor = FreshnessOf(TimeSpan.FromSeconds(freshFor)),
                Source = root.Property("source"u8).Text() ?? address,
                Tag = root.Property("etag"u8).Text(),
                LastModified = ReadTime(root.Property("lastModified"u8)),
            }
            : null;
    }

    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("address", Address);
            json.WriteString("sha256", Hash);
            json.WriteString("fetchedAt", FetchedAt);
            json.WriteString("checkedAt", CheckedAt);
            json.WriteString("freshForSeconds", ((int)FreshFor.TotalSeconds).ToString(CultureInfo.InvariantCulture));
            json.WriteString("source", Source);
            if (Tag is not null)
            {
                json.WriteString("etag", Tag);
            }

            if (LastModified is { } time)
            {
                json.WriteString("lastModified", time);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static DateTimeOffset? ReadTime(SyntaxNode node) =>
        DateTimeOffset.TryParse(node.Text(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : null;
}

/// <summary>A copy of what an address gave.</summary>
internal sealed record CachedSchema(CacheEntry Entry, ReadOnlyMemory<byte> Content);
