using System.Globalization;
using System.Text;

namespace ConfigLsp.Core.Text;

/// <summary>
/// A URI or relative reference in its five parts (RFC 3986 section 3), for any scheme, also such as <c>urn:</c>, <c>untitled:</c> or
/// <c>vscode-userdata:</c>. A missing part is null; the path is never. Nothing is normalised except the case of scheme and host.
/// </summary>
public readonly record struct UriReference(string? Scheme, string? Authority, string Path, string? Query, string? Fragment)
{
    /// <summary>The reference without its fragment.</summary>
    public UriReference WithoutFragment => this with { Fragment = null };

    /// <summary>Splits any text; what has no scheme is a relative reference.</summary>
    public static UriReference Parse(string text)
    {
        var rest = text.AsSpan();
        var fragment = Cut(ref rest, '#');
        var query = Cut(ref rest, '?');
        string? scheme = null;
        string? authority = null;
        if (rest.IndexOf(':') is > 0 and var colon && IsScheme(rest[..colon]))
        {
            scheme = rest[..colon].ToString().ToLowerInvariant();
            rest = rest[(colon + 1)..];
        }

        if (rest.StartsWith("//"))
        {
            rest = rest[2..];
            var end = rest.IndexOf('/');
            authority = (end < 0 ? rest : rest[..end]).ToString().ToLowerInvariant();
            rest = end < 0 ? [] : rest[end..];
        }

        return new UriReference(scheme, authority, rest.ToString(), query, fragment);
    }

    /// <summary>The target of <paramref name="reference"/> where it stands in a document with the URI <paramref name="baseUri"/>.</summary>
    public static UriReference Resolve(string baseUri, string reference) => Parse(baseUri).Resolve(Parse(reference));

    /// <summary>The target of a reference that stands in a document with this URI (RFC 3986 section 5.2.2).</summary>
    public UriReference Resolve(UriReference reference)
    {
        if (reference.Scheme is not null)
        {
            return reference with { Path = reference.Authority is null ? reference.Path : RemoveDotSegments(reference.Path) };
        }

        if (reference.Authority is not null)
        {
            return reference with { Scheme = Scheme, Path = RemoveDotSegments(reference.Path) };
        }

        if (reference.Path.Length == 0)
        {
            return this with { Query = reference.Query ?? Query, Fragment = reference.Fragment };
        }

        var path = reference.Path[0] == '/' ? reference.Path
            : Authority is not null && Path.Length == 0 ? "/" + reference.Path
            : string.Concat(Path.AsSpan(0, Path.LastIndexOf('/') + 1), reference.Path);
        return this with { Path = RemoveDotSegments(path), Query = reference.Query, Fragment = reference.Fragment };
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Scheme is not null)
        {
            text.Append(Scheme).Append(':');
        }

        if (Authority is not null)
        {
            text.Append("//").Append(Authority);
        }

        text.Append(Path);
        if (Query is not null)
        {
            text.Append('?').Append(Query);
        }

        return Fragment is null ? text.ToString() : text.Append('#').Append(Fragment).ToString();
    }

    /// <summary>Writes text, for instance a JSON Pointer, so that it can be the fragment of a URI (RFC 3986 section 3.5).</summary>
    public static string EscapeFragment(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || "-._~!$&'()*+,;=:@/?".Contains((char)b, StringComparison.Ordinal))
            {
                escaped.Append((char)b);
            }
            else
            {
                escaped.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
    }

    private static string? Cut(ref ReadOnlySpan<char> text, char separator)
    {
        var at = text.IndexOf(separator);
        if (at < 0)
        {
            return null;
        }

        var tail = text[(at + 1)..].ToString();
        text = text[..at];
        return tail;
    }

    private static string RemoveDotSegments(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal) && !path.StartsWith('.'))
        {
            return path;
        }

        var kept = new List<string>();
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i] is not ("." or ".."))
            {
                kept.Add(segments[i]);
                continue;
            }

            // The empty segment before a leading slash stays.
            if (segments[i].Length == 2 && (kept.Count > 1 || (kept.Count == 1 && kept[0].Length != 0)))
            {
                kept.RemoveAt(kept.Count - 1);
            }

            if (i == segments.Length - 1)
            {
                kept.Add(string.Empty);
            }
        }

        return string.Join('/', kept);
    }

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter(text[0]);
    }
}
