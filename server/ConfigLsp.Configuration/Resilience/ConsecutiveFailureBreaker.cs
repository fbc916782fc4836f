using ConfigLsp.Configuration.Errors;

namespace ConfigLsp.Configuration.Resilience;

/// <summary>
/// A circuit breaker that opens after a number of consecutive failed attempts, refuses for a while, and then lets one probe at a time through, which
/// decides. Polly's own breaker judges the ratio of failures in a window and reads the wall clock; this one counts, and its time is monotonic, so
/// that a clock that is set neither opens nor closes it. Safe for use by several threads.
/// </summary>
public sealed class ConsecutiveFailureBreaker
{
    private readonly string _source;
    private readonly int _threshold;
    private readonly TimeSpan _openDuration;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Queue<BreakerChangedEventArgs> _undelivered = new();

    private BreakerState _state;
    private int _failures;
    private string? _lastError;
    private long _openedTimestamp;
    private DateTimeOffset? _openedAt;
    private bool _isProbing;
    private bool _isDelivering;

    /// <summary>Grows with each change of state, so that what an attempt of an earlier state reports is not counted in a later one.</summary>
    private int _epoch;

    /// <summary>A closed breaker.</summary>
    /// <param name="source">The source that it guards.</param>
    /// <param name="threshold">How many consecutive failures open it; at least 1.</param>
    /// <param name="openDuration">For how long it refuses.</param>
    /// <param name="time">The clock.</param>
    public ConsecutiveFailureBreaker(string source, int threshold, TimeSpan openDuration, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 1);
        _source = source;
        _threshold = threshold;
        _openDuration = openDuration;
        _time = time;
    }

    /// <summary>Raised after each change of state, in the order of the changes, one at a time, outside of any lock, on the thread of one of those who caused them.</summary>
    public event EventHandler<BreakerChangedEventArgs>? Changed;

    /// <summary>The breaker now.</summary>
    public BreakerSnapshot Snapshot
    {
        get
        {
            lock (_lock)
            {
                return Describe();
            }
        }
    }

    /// <summary>Forgets the failures and closes, unless the breaker is isolated: that stays.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            Forget();
            if (_state is not BreakerState.Isolated)
            {
                MoveTo(BreakerState.Closed);
            }
        }

        Deliver();
    }

    /// <summary>Holds the breaker open until <see cref="Close"/>.</summary>
    public void Isolate()
    {
        lock (_lock)
        {
            MoveTo(BreakerState.Isolated);
        }

        Deliver();
    }

    /// <summary>Forgets the failures and closes the breaker, whatever its state.</summary>
    public void Close()
    {
        lock (_lock)
        {
            Forget();
            MoveTo(BreakerState.Closed);
        }

        Deliver();
    }

    /// <summary>Why an attempt would be refused now, or null if it would pass. Takes nothing: another one may be first.</summary>
    internal ServiceError? FindRefusal()
    {
        lock (_lock)
        {
            return IsPassable() ? null : Refuse();
        }
    }

    /// <summary>Asks to make an attempt. Whoever passes must <see cref="Report"/> once.</summary>
    /// <param name="epoch">To be given to <see cref="Report"/>.</param>
    /// <returns>Null if the attempt may be made, else why not.</returns>
    internal ServiceError? Enter(out int epoch)
    {
        lock (_lock)
        {
            if (!IsPassable())
            {
                epoch = 0;
                return Refuse();
            }

            if (_state is not BreakerState.Closed)
            {
                MoveTo(BreakerState.HalfOpen);
                _isProbing = true;
            }

            epoch = _epoch;
        }

        try
        {
            Deliver();
        }
        catch
        {
            // The attempt will not be made, and must not hold the place of the probe.
            Report(epoch, AttemptVerdict.Neutral, error: null);
            throw;
        }

        return null;
    }

    /// <summary>Says how an attempt went.</summary>
    /// <param name="epoch">From <see cref="Enter"/>.</param>
    /// <param name="verdict">How it went.</param>
    /// <param name="error">The name of the error of a failure.</param>
    internal void Report(int epoch, AttemptVerdict verdict, string? error)
    {
        lock (_lock)
        {
            if (epoch != _epoch)
            {
                return;
            }

            _isProbing = false;
            if (verdict is AttemptVerdict.Success)
            {
                _failures = 0;
                MoveTo(BreakerState.Closed);
            }
            else if (verdict is AttemptVerdict.Failure)
            {
                _failures = Math.Min(_failures, int.MaxValue - 1) + 1;
                _lastError = error;
                if (_state is BreakerState.HalfOpen || _failures >= _threshold)
                {
                    _openedTimestamp = _time.GetTimestamp();
                    _openedAt = _time.GetUtcNow();
                    MoveTo(BreakerState.Open);
                }
            }
        }

        Deliver();
    }

    private bool IsPassable() => _state switch
    {
        BreakerState.Closed => true,
        BreakerState.Open => Remaining() == TimeSpan.Zero,
        BreakerState.HalfOpen => !_isProbing,
        _ => false,
    };

    private TimeSpan Remaining()
    {
        var remaining = _openDuration - _time.GetElapsedTime(_openedTimestamp);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private ServiceError Refuse()
    {
        var why = _state switch
        {
            BreakerState.Isolated => "is isolated: its circuit breaker is held open until somebody closes it",
            BreakerState.HalfOpen => "is being probed after failures",
            _ => $"is left alone after {_failures} failed {(_failures == 1 ? "attempt" : "attempts")}, the last one with {_lastError}",
        };
        return new ServiceError(ServiceErrors.CircuitOpen, $"The source `{_source}` {why}.")
        {
            Source = _source,
            RetryAfter = Describe().RetryAfter,
        };
    }

    private BreakerSnapshot Describe() =>
        new(_state, _failures, _state is BreakerState.Open ? Remaining() : null, _state is BreakerState.Closed ? null : _openedAt, _lastError);

    private void Forget()
    {
        _failures = 0;
        _lastError = null;
        _openedAt = null;
    }

    private void MoveTo(BreakerState state)
    {
        if (state == _state)
        {
            return;
        }

        var old = _state;
        _state = state;
        _isProbing = false;
        _epoch++;
        _undelivered.Enqueue(new BreakerChangedEventArgs(_source, old, Describe()));
    }

    /// <summary>Whoever finds changes delivers all of them; the others leave theirs to that one. So there is an order without a lock around the listeners.</summary>
    private void Deliver()
    {
        lock (_lock)
        {
            if (_isDelivering || _undelivered.Count == 0)
            {
                return;
            }

            _isDelivering = true;
        }

        while (true)
        {
            BreakerChangedEventArgs? change;
            lock (_lock)
            {
                if (!_undelivered.TryDequeue(out change))
                {
                    _isDelivering = false;
                    return;
                }
            }

            try
            {
                Changed?.Invoke(this, change);
            }
            catch
            {
                lock (_lock)
                {
                    _isDelivering = false;
                }

                throw;
            }
        }
    }
}
