namespace ConfigLsp.Server.Cli;

/// <summary>Finds the word that somebody may have meant.</summary>
internal static class Spelling
{
    /// <summary>The nearest candidate, or null if none is near: at most a third of the letters differ, and at most three.</summary>
    public static string? Closest(string word, IEnumerable<string> candidates)
    {
        var (best, bestDistance) = ((string?)null, Math.Clamp(word.Length / 3, 1, 3) + 1);
        foreach (var candidate in candidates)
        {
            var distance = Distance(word, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>The question whether the nearest candidate was meant, with a blank before it; empty if none is near.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) => Closest(word, candidates) is { } meant ? $" Did you mean '{meant}'?" : string.Empty;

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other, letter case aside.</summary>
    private static int Distance(string left, string right)
    {
        if (left.Length > 64)
        {
            return int.MaxValue;
        }

        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var same = Same(left[i - 1], right[j - 1]);
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[left.Length, right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
