using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;

namespace ConfigLsp.Configuration.Concurrency;

/// <summary>
/// Locks of settings within this process, per file and key. A key excludes itself, what lies within it and what it lies within. Who came first goes
/// first, as far as their keys meet; all keys of a request are granted at once, so that no two requests can wait for each other.
/// </summary>
public sealed class KeyLocks : IAsyncDisposable
{
    /// <summary>The most requests that wait for one key.</summary>
    public const int MaxWaitingPerKey = 64;

    /// <summary>The most requests that wait in all.</summary>
    public const int MaxWaiting = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<KeyRequest>> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Target, SettingKey Key), int> _waitingByKey = [];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;
    private bool _isClosed;

    /// <summary>How many requests wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting;
            }
        }
    }

    /// <summary>Waits for keys of a file.</summary>
    /// <param name="target">The file, or whatever else the keys belong to.</param>
    /// <param name="keys">At least one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to dispose of afterwards; or <see cref="ServiceErrors.Overloaded"/> or <see cref="ServiceErrors.ShuttingDown"/>.</returns>
    public async ValueTask<ServiceResult<KeyLease>> AcquireAsync(string target, ImmutableArray<SettingKey> keys, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        keys = [.. keys.Distinct()];
        KeyRequest request;
        lock (_gate)
        {
            if (Enter(target, keys, out request) is { } refused)
            {
                return refused;
            }
        }

        try
        {
            if (await request.Granted.Task.WaitAsync(cancellationToken) is not { } error)
            {
                return new KeyLease(this, request);
            }

            Leave(request);
            return error;
        }
        catch (OperationCanceledException)
        {
            Leave(request);
            throw;
        }
    }

    /// <summary>Takes no more requests, and waits until those that are there have come to their end.</summary>
    /// <param name="cancellationToken">Ends the patience: requests still waiting get <see cref="ServiceErrors.ShuttingDown"/>, granted ones are waited for.</param>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _isClosed = true;
            SignalIfDrained();
        }

        await using var registration = cancellationToken.UnsafeRegister(static state => ((KeyLocks)state!).RefuseWaiting(), this);
        await _drained.Task;
    }

    /// <summary>Takes no more requests, refuses those that wait, and waits for those that are granted.</summary>
    public async ValueTask DisposeAsync() => await DrainAsync(new CancellationToken(canceled: true));

    /// <summary>Ends a request, whatever its state.</summary>
    internal void Leave(KeyRequest request)
    {
        lock (_gate)
        {
            var requests = _requests[request.Target];
            requests.Remove(request);
            if (requests.Count == 0)
            {
                _requests.Remove(request.Target);
            }

            if (request.Blockers > 0)
            {
                StopWaiting(request);
                foreach (var earlier in requests)
                {
                    earlier.Blocked.Remove(request);
                }
            }

            foreach (var blocked in request.Blocked)
            {
                if (--blocked.Blockers == 0)
                {
                    StopWaiting(blocked);
                    blocked.Granted.TrySetResult(null);
                }
            }

            SignalIfDrained();
        }
    }

    private static ServiceError Overloaded(string message, SettingKey? key = null) => new(ServiceErrors.Overloaded, message) { Key = key?.ToString() };

    private ServiceError? Enter(string target, ImmutableArray<SettingKey> keys, out KeyRequest request)
    {
        request = new KeyRequest(target, keys);
        if (_isClosed)
        {
            return new ServiceError(ServiceErrors.ShuttingDown, "The service is ending and takes no more updates.");
        }

        List<KeyRequest> blockers = [];
        if (_requests.TryGetValue(target, out var earlier))
        {
            blockers.AddRange(earlier.Where(request.Meets));
        }

        if (blockers.Count > 0)
        {
            if (_waiting == MaxWaiting)
            {
                return Overloaded($"{MaxWaiting} updates are waiting already.");
            }

            foreach (var key in keys)
            {
                if (_waitingByKey.GetValueOrDefault((target, key)) == MaxWaitingPerKey)
                {
                    return Overloaded($"{MaxWaitingPerKey} updates of this key are waiting already.", key);
                }
            }

            _waiting++;
            foreach (var key in keys)
            {
                _waitingByKey[(target, key)] = _waitingByKey.GetValueOrDefault((target, key)) + 1;
            }
        }
        else
        {
            request.Granted.SetResult(null);
        }

        request.Blockers = blockers.Count;
        foreach (var blocker in blockers)
        {
            blocker.Blocked.Add(request);
        }

        if (earlier is null)
        {
            _requests.Add(target, earlier = []);
        }

        earlier.Add(request);
        return null;
    }

    private void StopWaiting(KeyRequest request)
    {
        _waiting--;
        foreach (var key in request.Keys)
        {
            if (--_waitingByKey[(request.Target, key)] == 0)
            {
                _waitingByKey.Remove((request.Target, key));
            }
        }
    }

    private void RefuseWaiting()
    {
        lock (_gate)
        {
            foreach (var request in _requests.Values.SelectMany(static r => r).Where(static r => r.Blockers > 0).ToList())
            {
                // It leaves the queue by itself. What that grants to others comes too late for them: they have their refusal.
                request.Granted.TrySetResult(new ServiceError(ServiceErrors.ShuttingDown, "The service is ending; this update was not made."));
            }
        }
    }

    private void SignalIfDrained()
    {
        if (_isClosed && _requests.Count == 0)
        {
            _drained.TrySetResult();
        }
    }
}
