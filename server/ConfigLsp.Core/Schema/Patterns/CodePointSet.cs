using System.Globalization;
using System.Text;

namespace ConfigLsp.Core.Schema.Patterns;

/// <summary>A set of Unicode code points as sorted, disjoint ranges, with a bitmap for ASCII.</summary>
internal sealed class CodePointSet
{
    public const int MaxCodePoint = 0x10FFFF;

    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly ulong _low;
    private readonly ulong _high;

    private CodePointSet(List<(int First, int Last)> ranges)
    {
        ranges.Sort();
        var merged = new List<(int First, int Last)>();
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        _starts = [.. merged.Select(static r => r.First)];
        _ends = [.. merged.Select(static r => r.Last)];
        for (var c = 0; c < 128; c++)
        {
            if (Search(c))
            {
                (c < 64 ? ref _low : ref _high) |= 1UL << (c & 63);
            }
        }
    }

    public static readonly CodePointSet All = Of((0, MaxCodePoint));
    public static readonly CodePointSet Digits = Of(('0', '9'));
    public static readonly CodePointSet Word = Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    /// <summary>WhiteSpace and LineTerminator of ECMA-262 sections 12.2 and 12.3.</summary>
    public static readonly CodePointSet Space = Of(
        (0x9, 0xD), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F),
        (0x3000, 0x3000), (0xFEFF, 0xFEFF));

    /// <summary>What <c>.</c> matches: everything but LineTerminator.</summary>
    public static readonly CodePointSet AnyButLineEnd = Of(('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)).Complement();

    /// <summary>Number of ranges.</summary>
    public int Count => _starts.Length;

    public IEnumerable<(int First, int Last)> Ranges
    {
        get
        {
            for (var i = 0; i < _starts.Length; i++)
            {
                yield return (_starts[i], _ends[i]);
            }
        }
    }

    public static CodePointSet Of(params ReadOnlySpan<(int First, int Last)> ranges) => new([.. ranges]);

    public static CodePointSet Union(IEnumerable<CodePointSet> sets) => new([.. sets.SelectMany(static s => s.Ranges)]);

    /// <summary>The code points of some general categories, computed once for all Unicode.</summary>
    public static CodePointSet OfCategories(Func<UnicodeCategory, bool> includes)
    {
        var ranges = new List<(int First, int Last)>();
        var start = -1;
        for (var c = 0; c <= MaxCodePoint; c++)
        {
            var isIn = includes(CharUnicodeInfo.GetUnicodeCategory(c));
            if (isIn && start < 0)
            {
                start = c;
            }
            else if (!isIn && start >= 0)
            {
                ranges.Add((start, c - 1));
                start = -1;
            }
        }

        if (start >= 0)
        {
            ranges.Add((start, MaxCodePoint));
        }

        return new CodePointSet(ranges);
    }

    public bool Contains(int c)
    {
        if (c < 64)
        {
            return (_low >> c & 1) != 0;
        }

        return c < 128 ? (_high >> (c - 64) & 1) != 0 : Search(c);
    }

    public CodePointSet Complement()
    {
        var ranges = new List<(int First, int Last)>();
        var next = 0;
        foreach (var (first, last) in Ranges)
        {
            if (first > next)
            {
                ranges.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= MaxCodePoint)
        {
            ranges.Add((next, MaxCodePoint));
        }

        return new CodePointSet(ranges);
    }

    /// <summary>The set with the other case of its letters; exact for sets of up to 4096 code points, beyond that for ASCII.</summary>
    public CodePointSet IgnoringCase()
    {
        var ranges = new List<(int First, int Last)>(Ranges);
        var budget = 4096;
        foreach (var (first, last) in Ranges)
        {
            for (var c = first; c <= last && (budget-- > 0 || c < 128); c++)
            {
                if (Rune.TryCreate(c, out var rune))
                {
                    var lower = Rune.ToLowerInvariant(rune).Value;
                    var upper = Rune.ToUpperInvariant(rune).Value;
                    ranges.Add((lower, lower));
                    ranges.Add((upper, upper));
                }
            }
        }

        return new CodePointSet(ranges);
    }

    private bool Search(int c)
    {
        var at = Array.BinarySearch(_starts, c);
        at = at >= 0 ? at : ~at - 1;
        return at >= 0 && c <= _ends[at];
    }
}
