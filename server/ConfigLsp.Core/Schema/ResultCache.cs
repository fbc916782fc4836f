namespace ConfigLsp.Core.Schema;

/// <summary>
/// Remembers which instance fits which shared schema, so that recursive alternatives cost the product of schemas and instances instead of an
/// exponential. The answer depends on nothing else but where dynamic references lead, and so the key is the schema, the instance and the
/// dynamic scope. At most 2^20 results (32 MB); a full table starts again, which costs time but no correctness.
/// </summary>
internal struct ResultCache
{
    private const int InitialSize = 256;
    private const int MaxSize = 1 << 21;

    private Entry[]? _entries;
    private int _count;

    public readonly bool TryGet(int schema, int instance, int scope, out bool valid, out bool isUnknown)
    {
        valid = isUnknown = false;
        if (_entries is null)
        {
            return false;
        }

        for (var slot = Slot(schema, instance, scope, _entries.Length); _entries[slot].State != 0; slot = (slot + 1) & (_entries.Length - 1))
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
        _entries ??= new Entry[InitialSize];
        if (_count * 2 >= _entries.Length)
        {
            Grow();
        }

        Insert(_entries, new Entry { Schema = schema, Instance = instance, Scope = scope, State = isUnknown ? 3 : valid ? 1 : 2 });
        _count++;
    }

    private void Grow()
    {
        var old = _entries!;
        if (old.Length >= MaxSize)
        {
            Array.Clear(old);
            _count = 0;
            return;
        }

        _entries = new Entry[old.Length * 2];
        foreach (var entry in old)
        {
            if (entry.State != 0)
            {
                Insert(_entries, entry);
            }
        }
    }

    private static void Insert(Entry[] entries, Entry added)
    {
        var slot = Slot(added.Schema, added.Instance, added.Scope, entries.Length);
        while (entries[slot].State != 0)
        {
            slot = (slot + 1) & (entries.Length - 1);
        }

        entries[slot] = added;
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
