using System.Text;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// A URI or relative reference in its five parts (RFC 3986 section 3), for any scheme, also such as <c>urn:</c>, <c>untitled:</c> or
/// <c>vscode-userdata:</c>. Only what comparing schema URIs needs: characters are not normalised except the case of scheme and host.
/// </summary>
internal readonly record struct UriReference(string? Scheme, string? Authority, string Path, string? Query, string? Fragment)
{
    /// <summary>Whether there is a scheme.</summary>
    public bool IsAbsolute => Scheme is not null;

    /// <summary>The reference without its fragment.</summary>
    public UriReference WithoutFragment => this with { Fragment = null };

    public static UriReference Parse(string text)
    {
        string? fragment = null;
        string? query = null;
        string? scheme = null;
        string? authority = null;
        var rest = text.AsSpan();
        if (rest.IndexOf('#') is >= 0 and var hash)
        {
            fragment = rest[(hash + 1)..].ToString();
            rest = rest[..hash];
        }

        if (rest.IndexOf('?') is >= 0 and var mark)
        {
            query = rest[(mark + 1)..].ToString();
            rest = rest[..mark];
        }

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

    /// <summary>The target of <paramref name="reference"/> where it stands in a document with the URI <paramref name="baseUri"/> (RFC 3986 section 5.2.2).</summary>
    public static UriReference Resolve(string baseUri, string reference)
    {
        var target = Parse(reference);
        if (target.Scheme is not null)
        {
            return target with { Path = target.Authority is null ? target.Path : RemoveDotSegments(target.Path) };
        }

        var origin = Parse(baseUri);
        if (target.Authority is not null)
        {
            return target with { Scheme = origin.Scheme, Path = RemoveDotSegments(target.Path) };
        }

        if (target.Path.Length == 0)
        {
            return origin with { Query = target.Query ?? origin.Query, Fragment = target.Fragment };
        }

        var path = target.Path[0] == '/' ? target.Path : Merge(origin, target.Path);
        return origin with { Path = RemoveDotSegments(path), Query = target.Query, Fragment = target.Fragment };
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

        if (Fragment is not null)
        {
            text.Append('#').Append(Fragment);
        }

        return text.ToString();
    }

    private static string Merge(UriReference origin, string path)
    {
        if (origin.Authority is not null && origin.Path.Length == 0)
        {
            return "/" + path;
        }

        return string.Concat(origin.Path.AsSpan(0, origin.Path.LastIndexOf('/') + 1), path);
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
            var isLast = i == segments.Length - 1;
            switch (segments[i])
            {
                case ".":
                    break;
                case "..":
                    // The empty segment before a leading slash stays.
                    if (kept.Count > 1 || (kept.Count == 1 && kept[0].Length != 0))
                    {
                        kept.RemoveAt(kept.Count - 1);
                    }

                    break;
                default:
                    kept.Add(segments[i]);
                    continue;
            }

            if (isLast)
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
