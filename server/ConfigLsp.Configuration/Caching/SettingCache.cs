using System.Diagnostics.CodeAnalysis;
using ConfigLsp.Configuration.Keys;

namespace ConfigLsp.Configuration.Caching;

/// <summary>
/// Remembers answers to reads of keys for a time. It is a tree of names like the settings themselves, so that a change of a key reaches what
/// it contains and what contains it without knowing which of them were read. Safe for use by several threads.
/// </summary>
/// <typeparam name="T">What is remembered for a key.</typeparam>
internal sealed class SettingCache<T>
    where T : class
{
    /// <summary>The most keys that are remembered; beyond them everything is forgotten and starts anew.</summary>
    public const int MaxEntries = 100_000;

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly TimeSpan _timeToLive;
    private Level _root = new();
    private int _count;
    private long _hits;
    private long _misses;
    private long _generation;

    /// <param name="timeToLive">For how long an answer is remembered; zero for not at all.</param>
    /// <param name="time">The clock, of which only the monotonic time is used.</param>
    public SettingCache(TimeSpan timeToLive, TimeProvider time)
    {
        _timeToLive = timeToLive;
        _time = time;
    }

    /// <summary>How it has served so far.</summary>
    public CacheStatistics Statistics
    {
        get
        {
            lock (_lock)
            {
                return new CacheStatistics(_timeToLive > TimeSpan.Zero, _timeToLive, _hits, _misses, _count);
            }
        }
    }

    /// <summary>
    /// A number that moves with every invalidation. Take it before working an answer out: an answer from before the invalidation is not remembered.
    /// </summary>
    public long Generation => Volatile.Read(ref _generation);

    /// <summary>The answer that is remembered for a key, if it is not too old.</summary>
    public bool TryGet(SettingKey key, [NotNullWhen(true)] out T? answer)
    {
        lock (_lock)
        {
            var level = Find(key);
            answer = level?.Answer is { } known && _time.GetElapsedTime(level.Since) < _timeToLive ? known : null;
            if (answer is null)
            {
                _misses++;
            }
            else
            {
                _hits++;
            }

            return answer is not null;
        }
    }

    /// <summary>Remembers an answer, unless something was invalidated since <paramref name="generation"/>.</summary>
    public void Set(SettingKey key, T answer, long generation)
    {
        if (_timeToLive <= TimeSpan.Zero)
        {
            return;
        }

        lock (_lock)
        {
            if (generation != _generation)
            {
                return;
            }

            if (_count >= MaxEntries)
            {
                (_root, _count) = (new Level(), 0);
            }

            var level = _root;
            foreach (var segment in key.Segments)
            {
                level = level.Enter(segment);
            }

            _count += level.Answer is null ? 1 : 0;
            (level.Answer, level.Since) = (answer, _time.GetTimestamp());
        }
    }

    /// <summary>Forgets a key, everything in it and everything around it.</summary>
    /// <returns>How many answers were forgotten.</returns>
    public int Invalidate(SettingKey key)
    {
        lock (_lock)
        {
            _generation++;
            var forgotten = Forget(_root);
            Level? parent = null;
            var level = _root;
            foreach (var segment in key.Segments)
            {
                (parent, level) = (level, level.Inner?.GetValueOrDefault(segment));
                if (level is null)
                {
                    break;
                }

                forgotten += Forget(level);
            }

            if (level is not null)
            {
                forgotten += Count(level);
                level.Inner = null;
                parent?.Inner!.Remove(key.Segments[^1]);
            }

            _count -= forgotten;
            return forgotten;
        }
    }

    /// <summary>Forgets everything.</summary>
    /// <returns>How many answers were forgotten.</returns>
    public int Clear() => Invalidate(SettingKey.Root);

    private Level? Find(SettingKey key)
    {
        var level = _root;
        foreach (var segment in key.Segments)
        {
            level = level.Inner?.GetValueOrDefault(segment);
            if (level is null)
            {
                return null;
            }
        }

        return level;
    }

    private static int Forget(Level level)
    {
        var had = level.Answer is null ? 0 : 1;
        level.Answer = null;
        return had;
    }

    private static int Count(Level level) => (level.Answer is null ? 0 : 1) + (level.Inner?.Values.Sum(Count) ?? 0);

    private sealed class Level
    {
        public T? Answer { get; set; }

        public long Since { get; set; }

        public Dictionary<string, Level>? Inner { get; set; }

        public Level Enter(string name)
        {
            Inner ??= new Dictionary<string, Level>(StringComparer.Ordinal);
            if (!Inner.TryGetValue(name, out var level))
            {
                Inner.Add(name, level = new Level());
            }

            return level;
        }
    }
}
