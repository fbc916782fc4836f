using System.Collections.Immutable;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>
/// "Did you mean": a name that differs only in case or in how its words are joined (kebab, snake, camel), else those one edit away, else at
/// most two that are two edits away. An edit inserts, removes, replaces or swaps neighbouring characters.
/// </summary>
internal static class NameSuggestions
{
    private const int MaxLength = 64;
    public const int MaxCandidates = 5000;

    /// <summary>Steps of an evaluation that comparing with so many candidates weighs as much as.</summary>
    public static int CostOf(int candidates) => Math.Min(candidates, MaxCandidates) / 2;

    /// <summary>The best candidates; several only where they are equally good.</summary>
    public static ImmutableArray<string> Rank(string name, IEnumerable<string> candidates) => Rank(name, Prepare(candidates));

    /// <summary>The candidates as they are compared, for those who compare them with many names.</summary>
    public static IEnumerable<(string Name, string Folded)> Prepare(IEnumerable<string> candidates) =>
        candidates.Take(MaxCandidates).Where(static c => c.Length <= MaxLength).Select(static c => (c, Fold(c)));

    /// <summary>The best of prepared candidates; several only where they are equally good.</summary>
    public static ImmutableArray<string> Rank(string name, IEnumerable<(string Name, string Folded)> candidates)
    {
        if (name.Length > MaxLength)
        {
            return [];
        }

        var folded = Fold(name);
        List<string> best = [];
        var bestDistance = folded.Length switch { <= 2 => 0, <= 4 => 1, _ => 2 };
        foreach (var (candidate, foldedCandidate) in candidates)
        {
            var distance = candidate == name ? int.MaxValue : Distance(folded, foldedCandidate, bestDistance);
            if (distance > bestDistance)
            {
                continue;
            }

            if (distance < bestDistance)
            {
                best.Clear();
                bestDistance = distance;
            }

            best.Add(candidate);
        }

        return bestDistance == 2 ? [.. best.Take(2)] : [.. best];
    }

    /// <summary>Whether two names differ only in case or in how their words are joined.</summary>
    public static bool AreSameWords(string left, string right) => Fold(left) == Fold(right);

    private static string Fold(string name) => string.Concat(name.Where(static c => c is not ('-' or '_' or ' '))).ToLowerInvariant();

    /// <summary>The optimal string alignment distance, or more than <paramref name="limit"/> if it exceeds that.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
        {
            return limit + 1;
        }

        Span<int> before = stackalloc int[MaxLength + 1];
        Span<int> previous = stackalloc int[MaxLength + 1];
        Span<int> current = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            var oldest = before;
            before = previous;
            previous = current;
            current = oldest;
        }

        return previous[b.Length];
    }
}
