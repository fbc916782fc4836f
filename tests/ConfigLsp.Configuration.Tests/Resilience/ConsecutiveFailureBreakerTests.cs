using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Configuration.Tests.Resilience;

public sealed class ConsecutiveFailureBreakerTests
{
    private static readonly TimeSpan OpenDuration = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _clock = new();
    private readonly ConsecutiveFailureBreaker _breaker;
    private readonly List<string> _changes = [];

    public ConsecutiveFailureBreakerTests()
    {
        _breaker = new ConsecutiveFailureBreaker("remote", 5, OpenDuration, _clock);
        _breaker.Changed += (_, change) => _changes.Add($"{change.OldState}->{change.NewState}");
    }

    [Fact]
    public void A_success_and_then_five_failures_open_it()
    {
        Succeed();
        Fail(4);
        Assert.Equal(new BreakerSnapshot(BreakerState.Closed, 4, null, null, "Unavailable"), _breaker.Snapshot);
        Fail();
        Assert.Equal(new BreakerSnapshot(BreakerState.Open, 5, OpenDuration, _clock.GetUtcNow(), "Unavailable"), _breaker.Snapshot);
        Assert.Equal(["Closed->Open"], _changes);
    }

    [Fact]
    public void A_success_starts_the_count_anew()
    {
        Fail(4);
        Succeed();
        Assert.Equal(0, _breaker.Snapshot.ConsecutiveFailures);
        Fail(4);
        Assert.Equal(BreakerState.Closed, _breaker.Snapshot.State);
        Assert.Empty(_changes);
    }

    [Fact]
    public void What_is_neither_success_nor_failure_leaves_the_count()
    {
        Fail(4);
        Attempt(AttemptVerdict.Neutral);
        Assert.Equal(4, _breaker.Snapshot.ConsecutiveFailures);
        Fail();
        Assert.Equal(BreakerState.Open, _breaker.Snapshot.State);
    }

    [Fact]
    public void While_open_it_refuses_and_says_for_how_long()
    {
        Fail(5);
        _clock.Advance(TimeSpan.FromSeconds(20));
        var refusal = _breaker.Enter(out _);
        Assert.Same(ServiceErrors.CircuitOpen, refusal?.Descriptor);
        Assert.Equal(("remote", TimeSpan.FromSeconds(40)), (refusal!.Source, refusal.RetryAfter));
        Assert.Equal("The source `remote` is left alone after 5 failed attempts, the last one with Unavailable.", refusal.Message);
        Assert.Equal(TimeSpan.FromSeconds(40), _breaker.FindRefusal()?.RetryAfter);

        _clock.Advance(TimeSpan.FromSeconds(40) - TimeSpan.FromTicks(1));
        Assert.NotNull(_breaker.Enter(out _));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_breaker.FindRefusal());
        Assert.Equal((BreakerState.Open, TimeSpan.Zero), (_breaker.Snapshot.State, _breaker.Snapshot.RetryAfter));
    }

    [Fact]
    public void A_probe_that_succeeds_closes_it()
    {
        Open();
        Succeed();
        Assert.Equal(new BreakerSnapshot(BreakerState.Closed, 0, null, null, "Unavailable"), _breaker.Snapshot);
        Fail(4);
        Assert.Equal(["Closed->Open", "Open->HalfOpen", "HalfOpen->Closed"], _changes);
    }

    [Fact]
    public void A_probe_that_fails_opens_it_for_the_whole_time_again()
    {
        Open();
        _clock.Advance(TimeSpan.FromSeconds(7));
        Fail();
        Assert.Equal(new BreakerSnapshot(BreakerState.Open, 6, OpenDuration, _clock.GetUtcNow(), "Unavailable"), _breaker.Snapshot);
        Assert.Equal(["Closed->Open", "Open->HalfOpen", "HalfOpen->Open"], _changes);
        _clock.Advance(OpenDuration);
        Succeed();
        Assert.Equal(BreakerState.Closed, _breaker.Snapshot.State);
    }

    [Fact]
    public void Only_one_probe_passes_at_a_time()
    {
        Open();
        Assert.Null(_breaker.Enter(out var probe));
        var refusal = _breaker.Enter(out _);
        Assert.Same(ServiceErrors.CircuitOpen, refusal?.Descriptor);
        Assert.Equal("The source `remote` is being probed after failures.", refusal!.Message);
        Assert.Null(refusal.RetryAfter);
        _breaker.Report(probe, AttemptVerdict.Success, null);
        Assert.Null(_breaker.Enter(out _));
        Assert.Null(_breaker.Enter(out _));
    }

    [Fact]
    public async Task Of_many_threads_one_gets_the_probe()
    {
        Open();
        using var start = new Barrier(8);
        var passed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return _breaker.Enter(out var _) is null;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.Single(passed, isIn => isIn);
    }

    [Fact]
    public void A_cancelled_probe_makes_room_for_another()
    {
        Open();
        Attempt(AttemptVerdict.Neutral);
        Assert.Equal((BreakerState.HalfOpen, 5), (_breaker.Snapshot.State, _breaker.Snapshot.ConsecutiveFailures));
        Succeed();
        Assert.Equal(BreakerState.Closed, _breaker.Snapshot.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_began_before_a_change_does_not_count_after_it(bool isSuccess)
    {
        var verdict = isSuccess ? AttemptVerdict.Success : AttemptVerdict.Failure;
        Assert.Null(_breaker.Enter(out var early));
        Fail(5);
        _clock.Advance(TimeSpan.FromSeconds(30));
        _breaker.Report(early, verdict, "Timeout");
        Assert.Equal((BreakerState.Open, 5, TimeSpan.FromSeconds(30)), (_breaker.Snapshot.State, _breaker.Snapshot.ConsecutiveFailures, _breaker.Snapshot.RetryAfter));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(_breaker.Enter(out _));
        _breaker.Report(early, verdict, "Timeout");
        Assert.NotNull(_breaker.Enter(out _));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(-100_000)]
    public void A_clock_that_is_set_changes_nothing(int seconds)
    {
        Fail(5);
        _clock.SetWallClock(TimeSpan.FromSeconds(seconds));
        Assert.Equal(OpenDuration, _breaker.Snapshot.RetryAfter);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(_breaker.Enter(out _));
        _clock.SetWallClock(TimeSpan.FromSeconds(-2 * seconds));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_breaker.Enter(out _));
    }

    [Fact]
    public void Isolated_it_refuses_without_end_until_it_is_closed()
    {
        Assert.Null(_breaker.Enter(out var running));
        _breaker.Isolate();
        _breaker.Report(running, AttemptVerdict.Success, null);
        _clock.Advance(TimeSpan.FromDays(1));
        var refusal = _breaker.Enter(out _);
        Assert.Equal((ServiceErrors.CircuitOpen, null), (refusal?.Descriptor, refusal?.RetryAfter));
        _breaker.Reset();
        Assert.Equal(BreakerState.Isolated, _breaker.Snapshot.State);
        _breaker.Isolate();
        _breaker.Close();
        Succeed();
        Assert.Equal(["Closed->Isolated", "Isolated->Closed"], _changes);
    }

    [Fact]
    public void A_reset_forgets_the_failures()
    {
        Fail(4);
        _breaker.Reset();
        Fail(4);
        Assert.Equal(BreakerState.Closed, _breaker.Snapshot.State);
        Fail();
        _breaker.Reset();
        Assert.Equal(new BreakerSnapshot(BreakerState.Closed, 0, null, null, null), _breaker.Snapshot);
        Succeed();

        Open();
        Assert.Null(_breaker.Enter(out var probe));
        _breaker.Close();
        _breaker.Report(probe, AttemptVerdict.Failure, "Timeout");
        Assert.Equal((BreakerState.Closed, 0), (_breaker.Snapshot.State, _breaker.Snapshot.ConsecutiveFailures));
    }

    [Fact]
    public void A_listener_that_changes_the_breaker_hears_of_it_afterwards()
    {
        List<string> heard = [];
        var depth = 0;
        _breaker.Changed += (_, change) =>
        {
            Assert.Equal(0, depth++);
            if (change.NewState is BreakerState.Open)
            {
                _breaker.Isolate();
                _breaker.Close();
            }

            heard.Add($"{change.OldState}->{change.NewState}");
            depth--;
        };
        Fail(5);
        Assert.Equal(["Closed->Open", "Open->Isolated", "Isolated->Closed"], heard);
    }

    [Fact]
    public void A_listener_that_throws_does_not_silence_the_next_change()
    {
        var isBroken = true;
        _breaker.Changed += (_, _) =>
        {
            if (isBroken)
            {
                throw new InvalidOperationException("listener");
            }
        };
        Assert.Throws<InvalidOperationException>(_breaker.Isolate);
        isBroken = false;
        _breaker.Close();
        Assert.Equal(["Closed->Isolated", "Isolated->Closed"], _changes);
    }

    [Fact]
    public void A_listener_that_throws_does_not_keep_the_place_of_the_probe()
    {
        Open();
        void Break(object? sender, BreakerChangedEventArgs change) => throw new InvalidOperationException("listener");
        _breaker.Changed += Break;
        Assert.Throws<InvalidOperationException>(() => _breaker.Enter(out _));
        _breaker.Changed -= Break;
        Succeed();
        Assert.Equal(BreakerState.Closed, _breaker.Snapshot.State);
    }

    [Fact]
    public async Task Changes_of_many_threads_are_heard_one_after_another_and_in_their_order()
    {
        var (last, running, heard) = (BreakerState.Closed, 0, 0);
        List<string> wrong = [];
        _breaker.Changed += (_, change) =>
        {
            if (Interlocked.Increment(ref running) != 1 || change.OldState != last || change.NewState == change.OldState)
            {
                wrong.Add($"{last}: {change.OldState}->{change.NewState}, {running} at a time");
            }

            last = change.NewState;
            heard++;
            Interlocked.Decrement(ref running);
        };
        using var start = new Barrier(4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (var i = 0; i < 2000; i++)
                {
                    switch ((i + thread) % 3)
                    {
                        case 0:
                            _breaker.Isolate();
                            break;
                        case 1:
                            _breaker.Close();
                            break;
                        default:
                            if (_breaker.Enter(out var epoch) is null)
                            {
                                _breaker.Report(epoch, AttemptVerdict.Failure, "Unavailable");
                            }

                            break;
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.Empty(wrong);
        Assert.Equal((_breaker.Snapshot.State, 0), (last, running));
        Assert.True(heard > 1);
    }

    private void Open()
    {
        Fail(5 - _breaker.Snapshot.ConsecutiveFailures);
        _clock.Advance(OpenDuration);
    }

    private void Succeed() => Attempt(AttemptVerdict.Success);

    private void Fail(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Attempt(AttemptVerdict.Failure);
        }
    }

    private void Attempt(AttemptVerdict verdict)
    {
        Assert.Null(_breaker.Enter(out var epoch));
        _breaker.Report(epoch, verdict, verdict is AttemptVerdict.Failure ? "Unavailable" : null);
    }
}
