namespace ConfigLsp.Configuration.Concurrency;

/// <summary>Those in this process who want the lock of one path, in the order in which they came; the first one has the turn.</summary>
internal sealed class PathQueue
{
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private readonly Lock _gate = new();
    private bool _isTaken;

    /// <summary>How many have or want the turn; a queue without anybody may be forgotten. Guarded by whoever keeps the queues.</summary>
    public int Users { get; set; }

    /// <summary>Waits for the turn. False: the time is over.</summary>
    public async ValueTask<bool> EnterAsync(TimeSpan maxWait, TimeProvider clock, CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (_gate)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return true;
            }

            place = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            await place.Value.Task.WaitAsync(maxWait, clock, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            if (!Withdraw(place))
            {
                // The turn came at the same moment, and somebody else shall have it.
                Leave();
            }

            if (e is TimeoutException)
            {
                return false;
            }

            throw;
        }
    }

    /// <summary>Gives the turn to the next.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (_waiting.First is not { } next)
            {
                _isTaken = false;
                return;
            }

            _waiting.RemoveFirst();
            next.Value.SetResult();
        }
    }

    private bool Withdraw(LinkedListNode<TaskCompletionSource> place)
    {
        lock (_gate)
        {
            if (place.List is null)
            {
                return false;
            }

            _waiting.Remove(place);
            return true;
        }
    }
}
