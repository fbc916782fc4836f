using ConfigLsp.Configuration.Caching;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Testing.Lsp;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigLsp.Configuration.Tests.Caching;

public sealed class SettingCacheTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SettingCache<string> _cache;

    public SettingCacheTests() => _cache = new SettingCache<string>(TimeSpan.FromSeconds(60), _time);

    [Fact]
    public void Remembers_until_the_time_to_live_is_over()
    {
        Set("a.b");
        _time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.True(_cache.TryGet(Key("a.b"), out var answer));
        Assert.Equal("a.b", answer);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(_cache.TryGet(Key("a.b"), out _));
        Assert.Equal(new CacheStatistics(true, TimeSpan.FromSeconds(60), Hits: 1, Misses: 1, Size: 1), _cache.Statistics);
    }

    [Fact]
    public void An_invalidation_reaches_parents_and_descendants_and_nothing_else()
    {
        foreach (var key in (string[])["a", "a.b", "a.b.c", "a.b.d.e", "a.x", "ab", "b"])
        {
            Set(key);
        }

        Assert.Equal(4, _cache.Invalidate(Key("a.b")));
        Assert.Equal(["a.x", "ab", "b"], Remembered("a", "a.b", "a.b.c", "a.b.d.e", "a.x", "ab", "b"));
        Assert.Equal(3, _cache.Clear());
        Assert.Equal(0, _cache.Statistics.Size);
    }

    [Fact]
    public void An_answer_that_was_worked_out_before_an_invalidation_is_not_remembered()
    {
        var generation = _cache.Generation;
        _cache.Invalidate(Key("other"));
        _cache.Set(Key("a"), "old", generation);
        Assert.False(_cache.TryGet(Key("a"), out _));
    }

    [Fact]
    public void Without_a_time_to_live_nothing_is_remembered()
    {
        var cache = new SettingCache<string>(TimeSpan.Zero, _time);
        cache.Set(Key("a"), "a", cache.Generation);
        Assert.False(cache.TryGet(Key("a"), out _));
        Assert.False(cache.Statistics.IsEnabled);
    }

    [Fact]
    public void For_any_keys_exactly_the_related_ones_are_forgotten()
    {
        var keys = Gen.ArrayOf(Gen.Elements("a", "b", "c"), 1).Or(Gen.ArrayOf(Gen.Elements("a", "b", "c"), 2)).Or(Gen.ArrayOf(Gen.Elements("a", "b", "c"), 4))
            .Select(static segments => Key(string.Join('.', segments)));
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Gen.ListOf(keys, 12)), Arb.From(keys), (all, changed) =>
        {
            var cache = new SettingCache<string>(TimeSpan.FromSeconds(60), _time);
            foreach (var key in all)
            {
                cache.Set(key, key.ToString(), cache.Generation);
            }

            var related = all.Distinct().Count(key => key.Contains(changed) || changed.Contains(key));
            return cache.Invalidate(changed) == related
                && cache.Statistics.Size == all.Distinct().Count() - related
                && all.All(key => cache.TryGet(key, out _) == !(key.Contains(changed) || changed.Contains(key)));
        }));
    }

    private static SettingKey Key(string text) => SettingKey.TryParse(text, out var key, out var refusal) ? key : throw new ArgumentException(refusal, nameof(text));

    private void Set(string key) => _cache.Set(Key(key), key, _cache.Generation);

    private IEnumerable<string> Remembered(params string[] keys) => keys.Where(k => _cache.TryGet(Key(k), out _));
}
