using System.Buffers;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Remembers which instance fits which shared schema, so that recursive alternatives cost the product of schemas and instances instead of an
/// exponential. The answer depends on nothing else but where dynamic references lead, and so the key is the schema, the instance and the
/// dynamic scope. At most 2^20 results (32 MB, borrowed); a full table starts again, which costs time but no correctness.
/// </summary>
internal struct ResultCache : IDisposable
{
    private const int InitialSize = 256;
    private const int MaxSize = 1 << 21;

    private Entry[]? _entries;

    /// <summary>A power of 2; what is borrowed may be larger.</summary>
    private int _size;
    private int _count;

    public readonly bool TryGet(int schema, int instance, int scope, out bool valid, out bool isUnknown)
    {
        valid = isUnknown = false;
        if (_entries is null)
        {
            return false;
        }

        for (var slot = Slot(schema, instance, scope, _size); _entries[slot].State != 0; slot = (slot + 1) & (_size - 1))
        {
            ref readonly var entry = ref _entries[slot];
            if (entry.Schema == schema && entry.Instance == instance && entry.Scope == scope)
            {
                valid = entry.State != 2;
                isUnknown = entry.State == 3;
                return true;
            }
        }

        return false;
    }

    public void Set(int schema, int instance, int scope, bool valid, bool isUnknown)
    {
        if (_entries is null)
        {
            (_entries, _size) = (Borrow(InitialSize), InitialSize);
        }
        else if (_count * 2 >= _size)
        {
            Grow();
        }

        Insert(new Entry { Schema = schema, Instance = instance, Scope = scope, State = isUnknown ? 3 : valid ? 1 : 2 });
        _count++;
    }

    public void Dispose()
    {
        if (_entries is not null)
        {
            ArrayPool<Entry>.Shared.Return(_entries);
            _entries = null;
        }
    }

    private static Entry[] Borrow(int size)
    {
        var entries = ArrayPool<Entry>.Shared.Rent(size);
        Array.Clear(entries, 0, size);
        return entries;
    }

    private void Grow()
    {
        var old = _entries!;
        if (_size >= MaxSize)
        {
            Array.Clear(old, 0, _size);
            _count = 0;
            return;
        }

        var oldSize = _size;
        _size *= 2;
        _entries = Borrow(_size);
        foreach (ref readonly var entry in old.AsSpan(0, oldSize))
        {
            if (entry.State != 0)
            {
                Insert(entry);
            }
        }

        ArrayPool<Entry>.Shared.Return(old);
    }

    private readonly void Insert(Entry added)
    {
        var slot = Slot(added.Schema, added.Instance, added.Scope, _size);
        while (_entries![slot].State != 0)
        {
            slot = (slot + 1) & (_size - 1);
        }

        _entries[slot] = added;
    }

    private static int Slot(int schema, int instance, int scope, int length)
    {
        var hash = ((ulong)(uint)schema << 32 | (uint)instance) * 0x9E3779B97F4A7C15UL;
        hash ^= (ulong)(uint)scope * 0xC2B2AE3D27D4EB4FUL;
        return (int)(hash >> 40) & (length - 1);
    }

    private struct Entry
    {
        public int Schema;
        public int Instance;
        public int Scope;

        /// <summary>0 empty, 1 valid, 2 invalid, 3 valid because a part was not checked.</summary>
        public int State;
    }
}
