using System.Diagnostics.CodeAnalysis;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Documents;

/// <summary>
/// The URI of a document or a folder, of any scheme. Two spellings of one URI are equal (percent-encoding, case of the scheme, of the host and
/// of a Windows drive letter), while <see cref="Text"/> keeps the spelling that was given, since clients compare what they are sent with what
/// they sent.
/// </summary>
public sealed class DocumentUri : IEquatable<DocumentUri>
{
    private readonly string _key;
    private readonly UriReference _parts;

    private DocumentUri(string text, UriReference parts)
    {
        Text = text;
        _parts = parts;
        _key = Normalize(parts);
    }

    /// <summary>The URI as it was given.</summary>
    public string Text { get; }

    /// <summary>The one spelling of all equal URIs, without fragment; as VS Code writes it.</summary>
    public string Normalized => _key;

    /// <summary>The scheme in lower case, for instance <c>file</c>, <c>untitled</c> or <c>vscode-userdata</c>.</summary>
    public string Scheme => _parts.Scheme!;

    /// <summary>The host of a remote, or empty.</summary>
    public string Authority => _parts.Authority is null || (IsFile && _parts.Authority == "localhost") ? string.Empty : _parts.Authority;

    /// <summary>The path without percent-encoding, with slashes on every platform, for instance <c>/c:/app/settings.json</c>.</summary>
    public string Path => PercentEncoding.Decode(_parts.Path);

    /// <summary>Whether the scheme is <c>file</c>.</summary>
    public bool IsFile => Scheme == "file";

    /// <summary>The last segment of the path.</summary>
    public string Name
    {
        get
        {
            var path = Path.AsSpan().TrimEnd('/');
            return path[(path.LastIndexOf('/') + 1)..].ToString();
        }
    }

    /// <summary>Parses an absolute URI.</summary>
    /// <exception cref="FormatException">It has no scheme, or holds a NUL character.</exception>
    public static DocumentUri Parse(string text) =>
        TryParse(text, out var uri) ? uri : throw new FormatException($"'{text}' is not an absolute URI: it must start with a scheme, such as file:///folder/settings.json.");

    /// <summary>Parses an absolute URI; false if it has no scheme or holds a NUL character.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DocumentUri? uri)
    {
        uri = null;
        if (text is null || text.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        var parts = UriReference.Parse(text);
        if (parts.Scheme is null)
        {
            return false;
        }

        uri = new DocumentUri(text, parts);
        return true;
    }

    /// <summary>The <c>file</c> URI of an absolute path, spelled as VS Code spells it.</summary>
    public static DocumentUri FromFilePath(string path) => FromFilePath(path, OperatingSystem.IsWindows());

    /// <summary>The target of a URI reference (RFC 3986 section 5) that stands in this document.</summary>
    public DocumentUri Resolve(string reference)
    {
        var target = _parts.Resolve(UriReference.Parse(reference.Replace("\0", "%00", StringComparison.Ordinal)));
        return new DocumentUri(target.ToString(), target);
    }

    /// <summary>This URI with a slash at its end, so that references resolve below it and not beside it.</summary>
    public DocumentUri AsFolder()
    {
        var parts = _parts with { Path = _parts.Path.EndsWith('/') ? _parts.Path : _parts.Path + "/", Query = null, Fragment = null };
        return new DocumentUri(parts.ToString(), parts);
    }

    /// <summary>
    /// The path in the file system. False for other schemes, for a host on platforms other than Windows (there it is a UNC path), and for a
    /// path that no file can have.
    /// </summary>
    public bool TryGetFilePath([NotNullWhen(true)] out string? path) => TryGetFilePath(OperatingSystem.IsWindows(), out path);

    /// <summary>
    /// The path of a document below this folder, with slashes, or false where it is elsewhere. The folder itself gives the empty path.
    /// </summary>
    public bool TryGetRelativePath(DocumentUri document, [NotNullWhen(true)] out string? relative)
    {
        relative = null;
        var folder = _key.EndsWith('/') ? _key[..^1] : _key;
        if (!document._key.StartsWith(folder, StringComparison.Ordinal) || document.Scheme != Scheme || document.Authority != Authority)
        {
            return false;
        }

        if (document._key.Length == folder.Length)
        {
            relative = string.Empty;
            return true;
        }

        if (document._key[folder.Length] != '/')
        {
            return false;
        }

        relative = PercentEncoding.Decode(document._key[(folder.Length + 1)..]);
        return true;
    }

    /// <inheritdoc />
    public bool Equals(DocumentUri? other) => other is not null && _key == other._key;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DocumentUri);

    /// <inheritdoc />
    public override int GetHashCode() => string.GetHashCode(_key, StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Text;

    internal static DocumentUri FromFilePath(string path, bool windows)
    {
        var authority = string.Empty;
        if (windows)
        {
            path = path.Replace('\\', '/');
            if (path.StartsWith("//", StringComparison.Ordinal))
            {
                var end = path.IndexOf('/', 2);
                authority = end < 0 ? path[2..] : path[2..end];
                path = end < 0 ? "/" : path[end..];
            }
        }

        var parts = new UriReference("file", authority, NormalizePath("file", PercentEncoding.Encode(path.StartsWith('/') ? path : "/" + path)), Query: null, Fragment: null);
        return new DocumentUri(parts.ToString(), parts);
    }

    internal bool TryGetFilePath(bool windows, [NotNullWhen(true)] out string? path)
    {
        path = null;
        var decoded = Path;
        if (!IsFile || decoded.Length == 0 || decoded.Contains('\0', StringComparison.Ordinal) || (Authority.Length != 0 && !windows))
        {
            return false;
        }

        if (!windows)
        {
            path = decoded;
            return decoded[0] == '/';
        }

        path = (Authority.Length != 0 ? $"//{Authority}{decoded}" : HasDrive(decoded) ? decoded[1..] : decoded).Replace('/', '\\');
        return true;
    }

    private static bool HasDrive(string path) => path.Length >= 3 && path[0] == '/' && char.IsAsciiLetter(path[1]) && path[2] == ':';

    private static string Normalize(UriReference parts)
    {
        var authority = parts.Scheme == "file" ? parts.Authority is null or "localhost" ? string.Empty : parts.Authority : parts.Authority;
        var query = parts.Query is null ? null : PercentEncoding.Normalize(parts.Query);
        return new UriReference(parts.Scheme, authority, NormalizePath(parts.Scheme!, parts.Path), query, Fragment: null).ToString();
    }

    private static string NormalizePath(string scheme, string path)
    {
        var normalized = PercentEncoding.Normalize(path);
        if (scheme == "file" && !normalized.StartsWith('/'))
        {
            normalized = "/" + normalized;
        }

        // VS Code writes drive letters in lower case and escapes their colon.
        return normalized.Length >= 5 && char.IsAsciiLetterUpper(normalized[1]) && normalized.AsSpan(2).StartsWith("%3A")
            ? $"/{char.ToLowerInvariant(normalized[1])}{normalized[2..]}"
            : normalized;
    }
}
