namespace ConfigLsp.Core.Schema.Formats;

/// <summary>Checks a string given as UTF-8 with escapes resolved.</summary>
internal delegate bool FormatCheck(ReadOnlySpan<byte> utf8);

/// <summary>One value of the keyword <c>format</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What a string must be, with an article, for messages.</param>
/// <param name="Example">A valid string.</param>
/// <param name="Check">The check.</param>
/// <param name="IsOwn">Whether the format is ConfigLsp's own and therefore checked in every dialect.</param>
internal sealed record StringFormat(string Name, string Description, string Example, FormatCheck Check, bool IsOwn = false)
{
    private static readonly Dictionary<string, StringFormat> ByName = new StringFormat[]
    {
        new("date-time", "a date and time", "2026-01-31T08:30:00Z", TimeFormats.IsDateTime),
        new("date", "a date", "2026-01-31", TimeFormats.IsDate),
        new("time", "a time with its offset from UTC", "08:30:00Z", TimeFormats.IsTime),
        new("duration", "a duration", "P1DT12H", TimeFormats.IsDuration),
        new("email", "an email address", "name@example.com", NetworkFormats.IsEmail),
        new("idn-email", "an email address", "name@example.com", NetworkFormats.IsIdnEmail),
        new("hostname", "a host name", "host.example.com", NetworkFormats.IsHostname),
        new("idn-hostname", "a host name", "host.example.com", NetworkFormats.IsIdnHostname),
        new("ipv4", "an IPv4 address", "192.0.2.1", NetworkFormats.IsIPv4),
        new("ipv6", "an IPv6 address", "2001:db8::1", NetworkFormats.IsIPv6),
        new("uri", "an absolute URI", "https://example.com/path", UriFormats.IsUri),
        new("uri-reference", "a URI or relative reference", "../path", UriFormats.IsUriReference),
        new("iri", "an absolute IRI", "https://example.com/path", UriFormats.IsIri),
        new("iri-reference", "an IRI or relative reference", "../path", UriFormats.IsIriReference),
        new("uri-template", "a URI template", "https://example.com/{id}", UriFormats.IsTemplate),
        new("uuid", "a UUID", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", SyntaxFormats.IsUuid),
        new("json-pointer", "a JSON Pointer", "/servers/0/port", SyntaxFormats.IsJsonPointer),
        new("relative-json-pointer", "a relative JSON Pointer", "1/port", SyntaxFormats.IsRelativeJsonPointer),
        new("regex", "a regular expression", "^[a-z]+$", SyntaxFormats.IsRegex),

        // Two names of older drafts.
        new("ip-address", "an IPv4 address", "192.0.2.1", NetworkFormats.IsIPv4),
        new("host-name", "a host name", "host.example.com", NetworkFormats.IsHostname),
        new("color-hex", "a colour in hexadecimal", "#1e90ff", SyntaxFormats.IsHexColor),
        new(SafePathFormat.Name, "a safe path", "tools/ai", SafePathFormat.IsSafe, IsOwn: true),
    }.ToDictionary(static f => f.Name, StringComparer.Ordinal);

    /// <summary>The format <c>regex</c> with what schemas may use besides.</summary>
    public static readonly StringFormat SchemaPattern =
        new("regex", "a regular expression", "^[a-z]+$", SyntaxFormats.IsSchemaPattern);

    /// <summary>All names that are checked.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The format, or null if it is unknown.</summary>
    public static StringFormat? Find(string name) => ByName.GetValueOrDefault(name);
}
