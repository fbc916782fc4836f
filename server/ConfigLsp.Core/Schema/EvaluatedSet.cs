using System.Buffers;

namespace ConfigLsp.Core.Schema;

/// <summary>The properties or items of one instance that some schema has looked at, by their ordinal. In borrowed memory.</summary>
internal sealed class EvaluatedSet : IDisposable
{
    private const int MaxKeptSources = 1024;

    private ulong[] _bits = [];
    private int _length;
    private HashSet<(int Schema, int Scope)>? _sources;

    /// <summary>Whether a schema is asked for the first time what it looked at; a second time gives nothing new.</summary>
    public bool AddSource(int schema, int scope) => (_sources ??= []).Add((schema, scope));

    public void Add(int ordinal)
    {
        Reserve((ordinal >> 6) + 1);
        _bits[ordinal >> 6] |= 1UL << (ordinal & 63);
    }

    public void AddRange(int count)
    {
        Reserve((count + 63) >> 6);
        _bits.AsSpan(0, count >> 6).Fill(ulong.MaxValue);
        if ((count & 63) != 0)
        {
            _bits[count >> 6] |= (1UL << (count & 63)) - 1;
        }
    }

    public bool Contains(int ordinal) => ordinal >> 6 < _length && (_bits[ordinal >> 6] & (1UL << (ordinal & 63))) != 0;

    public void Clear()
    {
        _length = 0;
        if (_sources is { Count: > 0 })
        {
            // Clearing takes as long as the set has ever been large.
            _sources = _sources.Count > MaxKeptSources ? null : _sources;
            _sources?.Clear();
        }
    }

    public void Dispose()
    {
        if (_bits.Length > 0)
        {
            ArrayPool<ulong>.Shared.Return(_bits);
            _bits = [];
            _length = 0;
        }
    }

    /// <summary>Makes the words up to <paramref name="length"/> part of the set, those that are new without a bit.</summary>
    private void Reserve(int length)
    {
        if (length <= _length)
        {
            return;
        }

        if (length > _bits.Length)
        {
            var larger = ArrayPool<ulong>.Shared.Rent(length);
            _bits.AsSpan(0, _length).CopyTo(larger);
            if (_bits.Length > 0)
            {
                ArrayPool<ulong>.Shared.Return(_bits);
            }

            _bits = larger;
        }

        _bits.AsSpan(_length, length - _length).Clear();
        _length = length;
    }
}
