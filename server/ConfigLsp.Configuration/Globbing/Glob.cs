using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ConfigLsp.Configuration.Globbing;

/// <summary>
/// One pattern for paths with slashes: <c>*</c> (within a segment), <c>?</c>, <c>**</c> (any folders), <c>{a,b}</c>, <c>[a-z]</c>, <c>[!a]</c>.
/// A leading slash anchors at the workspace folder; any other pattern matches at every depth, as in VS Code's <c>fileMatch</c>. A pattern with
/// <c>://</c> matches whole URIs. Compiled when first used; matching takes time linear in the path.
/// </summary>
public sealed class Glob
{
    /// <summary>The longest pattern, in characters.</summary>
    public const int MaxLength = 4096;

    private static readonly SearchValues<char> Special = SearchValues.Create("*?[]{},\\");

    private readonly GlobOptions _options;
    private readonly string _body;
    private readonly string _literalEnd;
    private GlobProgram? _program;

    private Glob(string pattern, string body, GlobOptions options, bool isAnchored, bool matchesUri)
    {
        Pattern = pattern;
        IsAnchored = isAnchored;
        MatchesUri = matchesUri;
        _body = body;
        _options = options;
        _literalEnd = body[(body.AsSpan().LastIndexOfAny(Special) + 1)..];
        if (_literalEnd.Length < body.Length && _literalEnd.StartsWith('/'))
        {
            // The slash behind two stars may match nothing.
            _literalEnd = _literalEnd[1..];
        }
    }

    /// <summary>The pattern as it was written.</summary>
    public string Pattern { get; }

    /// <summary>Whether it matches from the workspace folder only.</summary>
    public bool IsAnchored { get; }

    /// <summary>Whether it is matched against the whole URI, not against a path.</summary>
    public bool MatchesUri { get; }

    /// <summary>Reads a pattern; false if it is empty or longer than <see cref="MaxLength"/>.</summary>
    /// <param name="pattern">The pattern, without a leading <c>!</c>.</param>
    /// <param name="glob">The compiled pattern.</param>
    /// <param name="ignoreCase">Whether letters match in either case, as Windows does it.</param>
    public static bool TryParse(string pattern, [NotNullWhen(true)] out Glob? glob, bool ignoreCase = false)
    {
        glob = null;
        if (pattern.Length is 0 or > MaxLength)
        {
            return false;
        }

        var body = pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[1..] : pattern;
        var matchesUri = body.Contains("://", StringComparison.Ordinal);
        var isAnchored = !matchesUri && body[0] == '/';
        body = isAnchored ? body[1..] : matchesUri || body.StartsWith("**/", StringComparison.Ordinal) ? body : "**/" + body;
        if (body.Length == 0)
        {
            return false;
        }

        glob = new Glob(pattern, body, GlobOptions.Braces | (ignoreCase ? GlobOptions.IgnoreCase : GlobOptions.None), isAnchored, matchesUri);
        return true;
    }

    /// <summary>Whether a path, relative to the workspace folder and without a leading slash, or a URI, matches.</summary>
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        // Most patterns end in a file name or an extension, which tells most files apart without the automaton.
        var comparison = (_options & GlobOptions.IgnoreCase) != 0 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return text.EndsWith(_literalEnd, comparison) && (_program ??= GlobCompiler.Compile(_body, _options)).IsMatch(text);
    }

    /// <inheritdoc />
    public override string ToString() => Pattern;

    internal static Glob ForIgnoreRule(string pattern, string body, bool ignoreCase) =>
        new(pattern, body, GlobOptions.Escapes | (ignoreCase ? GlobOptions.IgnoreCase : GlobOptions.None), isAnchored: true, matchesUri: false);
}
