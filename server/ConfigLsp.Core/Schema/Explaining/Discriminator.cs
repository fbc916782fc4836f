using System.Text;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>
/// The key whose listed values tell many branches apart, so that one look at the instance leaves few branches to evaluate. It only rules out
/// branches that cannot fit.
/// </summary>
internal sealed class Discriminator
{
    /// <summary>Fewer branches are evaluated one after the other.</summary>
    public const int WorthwhileFrom = 4;

    private static readonly Discriminator None = new([], null, [], []);

    private readonly byte[] _key;
    private readonly PropertyTable? _values;
    private readonly int[][] _branchesByValue;
    private readonly int[] _others;

    private Discriminator(byte[] key, PropertyTable? values, int[][] branchesByValue, int[] others)
    {
        _key = key;
        _values = values;
        _branchesByValue = branchesByValue;
        _others = others;
    }

    public static Discriminator Create(BranchFacts[] branches)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var branch in branches)
        {
            foreach (var (key, listed) in branch.Constants)
            {
                if (listed.Values.All(static v => v.Kind == SyntaxKind.String))
                {
                    counts[key] = counts.GetValueOrDefault(key) + 1;
                }
            }
        }

        if (counts.Count == 0)
        {
            return None;
        }

        var best = counts.MaxBy(static c => c.Value);
        return best.Value < WorthwhileFrom ? None : Create(best.Key, branches);
    }

    /// <summary>The branches that the value of the key leaves, or null if it decides nothing.</summary>
    public int[]? Select(SyntaxNode instance)
    {
        if (_values is null || !instance.TryGetProperty(_key, out var value) || !value.IsValue)
        {
            return null;
        }

        if (value.Kind != SyntaxKind.String)
        {
            return _others;
        }

        using var text = new BorrowedUtf8(value);
        return _values.Find(text.Span) is { } found ? _branchesByValue[found.RequiredBit] : _others;
    }

    private static Discriminator Create(string key, BranchFacts[] branches)
    {
        var byValue = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var others = new List<int>();
        foreach (var branch in branches)
        {
            if (branch.Constants.TryGetValue(key, out var listed) && listed.Values.All(static v => v.Kind == SyntaxKind.String))
            {
                foreach (var value in listed.Values)
                {
                    var name = value.GetString();
                    if (!byValue.TryGetValue(name, out var list))
                    {
                        byValue[name] = list = [];
                    }

                    list.Add(branch.Number);
                }
            }
            else
            {
                others.Add(branch.Number);
            }
        }

        var entries = byValue.Keys.Select(static (name, i) => new PropertyEntry(Encoding.UTF8.GetBytes(name), name, Schema: null, i));
        return new Discriminator(
            Encoding.UTF8.GetBytes(key),
            new PropertyTable([.. entries]),
            [.. byValue.Values.Select(list => list.Concat(others).Distinct().Order().ToArray())],
            [.. others]);
    }
}
