namespace ConfigLsp.Core.Features.Sorting;

/// <summary>
/// The order of keys that people expect, for every machine the same: signs, then digits, then letters; capital and small letters together, the small
/// one first where that is all that differs.
/// </summary>
internal sealed class KeyOrder : IComparer<string>
{
    public static readonly KeyOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (x ?? string.Empty, y ?? string.Empty);
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            var (a, b) = (char.ToLowerInvariant(left[i]), char.ToLowerInvariant(right[i]));
            if (a != b)
            {
                var byClass = ClassOf(a).CompareTo(ClassOf(b));
                return byClass != 0 ? byClass : a.CompareTo(b);
            }
        }

        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : -string.CompareOrdinal(left, right);
    }

    private static int ClassOf(char c) => char.IsLetter(c) || char.IsSurrogate(c) ? 2 : char.IsDigit(c) ? 1 : 0;
}
