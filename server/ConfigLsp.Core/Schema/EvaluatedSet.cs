namespace ConfigLsp.Core.Schema;

/// <summary>The properties or items of one instance that some schema has looked at, by their ordinal.</summary>
internal sealed class EvaluatedSet
{
    private ulong[] _bits = new ulong[4];
    private int _length;
    private HashSet<(int Schema, int Scope)>? _sources;

    /// <summary>Whether a schema is asked for the first time what it looked at; a second time gives nothing new.</summary>
    public bool AddSource(int schema, int scope) => (_sources ??= []).Add((schema, scope));

    public void Add(int ordinal)
    {
        var word = ordinal >> 6;
        if (word >= _bits.Length)
        {
            Array.Resize(ref _bits, Math.Max(word + 1, _bits.Length * 2));
        }

        _bits[word] |= 1UL << (ordinal & 63);
        _length = Math.Max(_length, word + 1);
    }

    public void AddRange(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Add(i);
        }
    }

    public bool Contains(int ordinal) => ordinal >> 6 < _length && (_bits[ordinal >> 6] & (1UL << (ordinal & 63))) != 0;

    public void Clear()
    {
        Array.Clear(_bits, 0, _length);
        _length = 0;
        _sources?.Clear();
    }
}
