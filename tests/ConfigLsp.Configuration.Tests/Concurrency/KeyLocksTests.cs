using System.Collections.Immutable;
using ConfigLsp.Configuration.Concurrency;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;

namespace ConfigLsp.Configuration.Tests.Concurrency;

public sealed class KeyLocksTests : IAsyncDisposable
{
    private readonly KeyLocks _locks = new();

    public ValueTask DisposeAsync() => _locks.DisposeAsync();

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "a.b.c", true)]
    [InlineData("a.b.c", "a", true)]
    [InlineData("a", "ab", false)]
    [InlineData("a.b", "a.c", false)]
    [InlineData("x a", "a y", true)]
    [InlineData("x y", "a b", false)]
    public async Task A_key_excludes_itself_what_is_within_it_and_what_is_around_it(string held, string wanted, bool waits)
    {
        using var first = (await Acquire(held)).Value;
        var second = Acquire(wanted);
        Assert.Equal(!waits, second.IsCompleted);
        first.Dispose();
        (await second).Value.Dispose();
    }

    [Fact]
    public async Task Keys_of_different_files_do_not_meet()
    {
        using var first = (await Acquire("a")).Value;
        var other = _locks.AcquireAsync("other", Keys("a"), CancellationToken.None).AsTask();
        Assert.True(other.IsCompletedSuccessfully);
        (await other).Value.Dispose();
    }

    [Fact]
    public async Task Who_came_first_goes_first_and_nobody_overtakes_a_request_it_meets()
    {
        var first = (await Acquire("a.b")).Value;
        var around = Acquire("a");
        var within = Acquire("a.c");
        Assert.False(within.IsCompleted, "a.c is free, but a came before.");
        first.Dispose();
        var granted = (await around).Value;
        Assert.False(within.IsCompleted);
        granted.Dispose();
        (await within).Value.Dispose();
    }

    [Fact]
    public async Task Requests_for_the_same_keys_in_any_order_never_wait_for_each_other_forever()
    {
        var counts = new int[3];
        string[] orders = ["a b c", "c b a", "b a c", "a.x c.y", "b", "a a.x"];
        await Task.WhenAll(orders.Select(order => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var lease = (await Acquire(order)).Value;

                // Whoever holds one of these keys in full is alone with it.
                foreach (var key in order.Split(' ').Where(k => k.Length == 1))
                {
                    Assert.Equal(1, Interlocked.Increment(ref counts[key[0] - 'a']));
                }

                await Task.Yield();
                foreach (var key in order.Split(' ').Where(k => k.Length == 1))
                {
                    Interlocked.Decrement(ref counts[key[0] - 'a']);
                }
            }
        })));
        Assert.Equal(0, _locks.Waiting);
    }

    [Fact]
    public async Task The_queue_of_a_key_is_bounded()
    {
        var first = (await Acquire("a")).Value;
        var waiting = Enumerable.Range(0, KeyLocks.MaxWaitingPerKey).Select(_ => Acquire("a")).ToList();
        var error = (await Acquire("a")).Error!;
        Assert.Same(ServiceErrors.Overloaded, error.Descriptor);
        Assert.Equal("a", error.Key);
        (await Acquire("b")).Value.Dispose();
        first.Dispose();
        foreach (var request in waiting)
        {
            (await request).Value.Dispose();
        }

        (await Acquire("a")).Value.Dispose();
    }

    [Fact]
    public async Task All_queues_together_are_bounded()
    {
        var first = (await Acquire("a")).Value;
        var waiting = Enumerable.Range(0, KeyLocks.MaxWaiting).Select(i => Acquire($"a.key{i}")).ToList();
        Assert.Equal(KeyLocks.MaxWaiting, _locks.Waiting);
        Assert.Same(ServiceErrors.Overloaded, (await Acquire("a.more")).Error!.Descriptor);
        (await Acquire("b")).Value.Dispose();
        first.Dispose();
        Assert.All(await Task.WhenAll(waiting), lease => lease.Value.Dispose());
        Assert.Equal(0, _locks.Waiting);
    }

    [Fact]
    public async Task A_cancelled_request_leaves_the_queue_and_what_waited_for_it_goes_on()
    {
        using var cancel = new CancellationTokenSource();
        var first = (await Acquire("a.b")).Value;
        var cancelled = _locks.AcquireAsync("file", Keys("a"), cancel.Token).AsTask();
        var last = Acquire("a.c");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        (await last).Value.Dispose();
        Assert.Equal(0, _locks.Waiting);
        first.Dispose();
    }

    [Fact]
    public async Task Draining_finishes_what_is_there_and_takes_nothing_new()
    {
        var first = (await Acquire("a")).Value;
        var second = Acquire("a");
        var drained = _locks.DrainAsync(CancellationToken.None);
        Assert.Same(ServiceErrors.ShuttingDown, (await Acquire("b")).Error!.Descriptor);
        first.Dispose();
        Assert.False(drained.IsCompleted);
        (await second).Value.Dispose();
        await drained;
    }

    [Fact]
    public async Task The_end_of_patience_refuses_those_that_wait()
    {
        using var patience = new CancellationTokenSource();
        var first = (await Acquire("a")).Value;
        var second = Acquire("a");
        var third = Acquire("a.b");
        var drained = _locks.DrainAsync(patience.Token);
        await patience.CancelAsync();
        Assert.Same(ServiceErrors.ShuttingDown, (await second).Error!.Descriptor);
        Assert.Same(ServiceErrors.ShuttingDown, (await third).Error!.Descriptor);
        Assert.False(drained.IsCompleted);
        first.Dispose();
        await drained;
        await _locks.DisposeAsync();
    }

    private static ImmutableArray<SettingKey> Keys(string keys) =>
        [.. keys.Split(' ').Select(k => SettingKey.TryParse(k, out var key, out var refusal) ? key : throw new ArgumentException(refusal, nameof(keys)))];

    private Task<ServiceResult<KeyLease>> Acquire(string keys) => _locks.AcquireAsync("file", Keys(keys), CancellationToken.None).AsTask();
}
