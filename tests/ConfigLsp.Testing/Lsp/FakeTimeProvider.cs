namespace ConfigLsp.Testing.Lsp;

/// <summary>A clock that moves only when a test says so; timers fire while it moves.</summary>
public sealed class FakeTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private TimeSpan _wallClockOffset;
    private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TaskCompletionSource _timerAdded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now + _wallClockOffset;
        }
    }

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _now.Ticks;
        }
    }

    /// <summary>Sets the wall clock forward or back; no time passes.</summary>
    public void SetWallClock(TimeSpan by)
    {
        lock (_lock)
        {
            _wallClockOffset += by;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes when somebody waits for a time that is no further away than this.</summary>
    public Task WaitForTimerAsync(TimeSpan within) => WaitForTimerAsync(due => due <= _now + within);

    /// <summary>Completes when somebody waits for exactly this time from now.</summary>
    public Task WaitForTimerInAsync(TimeSpan time) => WaitForTimerAsync(due => due == _now + time);

    public void Advance(TimeSpan time)
    {
        lock (_lock)
        {
            _now += time;
        }

        while (NextDue() is { } timer)
        {
            timer.Fire();
        }
    }

    private async Task WaitForTimerAsync(Func<DateTimeOffset, bool> isExpected)
    {
        while (true)
        {
            Task added;
            lock (_lock)
            {
                if (_timers.Any(timer => timer.Due is { } due && isExpected(due)))
                {
                    return;
                }

                added = _timerAdded.Task;
            }

            await added.WaitAsync(TimeSpan.FromSeconds(30), System);
        }
    }

    private FakeTimer? NextDue()
    {
        lock (_lock)
        {
            return _timers.Where(timer => timer.Due is { } due && due <= _now).MinBy(timer => timer.Due);
        }
    }

    private sealed class FakeTimer(FakeTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                if (!clock._timers.Contains(this))
                {
                    clock._timers.Add(this);
                }

                var added = clock._timerAdded;
                clock._timerAdded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                added.SetResult();
            }

            return true;
        }

        public void Fire()
        {
            lock (clock._lock)
            {
                Due = _period <= TimeSpan.Zero ? null : Due + _period;
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                Due = null;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
