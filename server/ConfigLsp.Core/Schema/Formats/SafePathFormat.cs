using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace ConfigLsp.Core.Schema.Formats;

/// <summary>
/// <c>safe-path</c>, ConfigLsp's own: no <c>..</c> segment, no control character, none of <c>&lt; &gt; " | * ?</c>, and no white space around
/// it. The empty string is a path that is not set.
/// </summary>
internal static class SafePathFormat
{
    public const string Name = "safe-path";

    public static bool IsSafe(ReadOnlySpan<byte> utf8) => Explain(utf8) is null;

    /// <summary>What is wrong, completing "it ", or null.</summary>
    public static string? Explain(ReadOnlySpan<byte> utf8)
    {
        var characters = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return Explain(characters.AsSpan(0, Encoding.UTF8.GetChars(utf8, characters)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    private static string? Explain(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return $"contains the control character U+{(int)c:X4}. Remove it";
            }

            if (c is '<' or '>' or '"' or '|' or '*' or '?')
            {
                return $"contains `{c}`. Remove it";
            }
        }

        foreach (var segment in text.SplitAny('/', '\\'))
        {
            if (text[segment].Trim() is "..")
            {
                return "contains a `..` segment, which leads out of its folder. Write the path without it";
            }
        }

        return text.Length != text.Trim().Length ? "begins or ends with white space. Remove that" : null;
    }

    /// <summary>The same path made safe, as JSON.</summary>
    public static ImmutableArray<string> Suggest(string text)
    {
        var kept = string.Concat(text.Where(static c => !char.IsControl(c) && c is not ('<' or '>' or '"' or '|' or '*' or '?'))).Trim();
        var segments = kept.Split('/').Where(static s => s.Trim() != "..").ToArray();
        var safe = string.Join('/', segments).Trim();
        if (segments.Length > 1 && segments[0].Length == 0 && !kept.StartsWith('/'))
        {
            safe = safe.TrimStart('/');
        }

        return Explain(Encoding.UTF8.GetBytes(safe)) is null && safe.Length > 0
            ? [$"\"{safe.Replace("\\", "\\\\", StringComparison.Ordinal)}\""]
            : [];
    }
}
