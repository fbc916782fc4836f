using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Globbing;

/// <summary>
/// Patterns in order, of which those with a leading <c>!</c> exclude: a file belongs to the set if a pattern matches it and the last one that
/// does is not an exclusion.
/// </summary>
public sealed class GlobSet
{
    /// <summary>Matches nothing.</summary>
    public static readonly GlobSet Empty = new([], isLenient: false);

    private readonly bool _isLenient;

    private GlobSet(ImmutableArray<GlobSetPattern> patterns, bool isLenient)
    {
        Patterns = patterns;
        _isLenient = isLenient;
    }

    /// <summary>The patterns that could be read, in order.</summary>
    public ImmutableArray<GlobSetPattern> Patterns { get; }

    /// <summary>Reads patterns; those that cannot be read are left out.</summary>
    /// <param name="patterns">The patterns, in order.</param>
    /// <param name="ignoreCase">Whether letters match in either case, as Windows does it.</param>
    /// <param name="anchorsMatchAnywhere">
    /// Whether a leading slash means any folder. Extensions of VS Code contribute associations so (<c>/package.json</c>).
    /// </param>
    public static GlobSet Create(IEnumerable<string> patterns, bool ignoreCase = false, bool anchorsMatchAnywhere = false)
    {
        var globs = ImmutableArray.CreateBuilder<GlobSetPattern>();
        foreach (var pattern in patterns)
        {
            var excludes = pattern.StartsWith('!');
            var text = excludes ? pattern[1..] : pattern;
            if (anchorsMatchAnywhere)
            {
                text = text.TrimStart('/');
            }

            if (Glob.TryParse(text, out var glob, ignoreCase))
            {
                globs.Add(new GlobSetPattern(glob, excludes));
            }
        }

        return globs.Count == 0 ? Empty : new GlobSet(globs.DrainToImmutable(), anchorsMatchAnywhere);
    }

    /// <summary>The pattern that puts a file in the set, or null.</summary>
    /// <param name="path">The path with slashes: relative to the workspace folder, else the whole path without its leading slash.</param>
    /// <param name="isInWorkspace">Whether <paramref name="path"/> is relative to a workspace folder, so that anchored patterns apply.</param>
    /// <param name="uri">The URI without percent-encoding, for patterns that name a scheme; null if it has none.</param>
    public Glob? Match(ReadOnlySpan<char> path, bool isInWorkspace = true, string? uri = null)
    {
        // From the end, since the last pattern that matches decides.
        for (var i = Patterns.Length - 1; i >= 0; i--)
        {
            var (glob, excludes) = Patterns[i];
            var matches = glob.MatchesUri ? uri is not null && glob.IsMatch(uri) : (isInWorkspace || _isLenient || !glob.IsAnchored) && glob.IsMatch(path);
            if (matches)
            {
                return excludes ? null : glob;
            }
        }

        return null;
    }

    /// <summary>Whether a file is in the set; parameters as in <see cref="Match"/>.</summary>
    public bool IsMatch(ReadOnlySpan<char> path, bool isInWorkspace = true, string? uri = null) => Match(path, isInWorkspace, uri) is not null;
}

/// <summary>One pattern of a <see cref="GlobSet"/>.</summary>
/// <param name="Glob">The pattern without its exclamation mark.</param>
/// <param name="Excludes">Whether it had one.</param>
public readonly record struct GlobSetPattern(Glob Glob, bool Excludes);
