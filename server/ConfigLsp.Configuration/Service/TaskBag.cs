namespace ConfigLsp.Configuration.Service;

/// <summary>
/// Work in the background that nobody waits for, one piece at a time for each subject; what is asked for meanwhile runs once more afterwards.
/// </summary>
internal sealed class TaskBag
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, Entry> _running = [];
    private bool _isClosed;

    /// <summary>What failed without anybody to tell it to: bugs, since expected failures are results.</summary>
    public Action<Exception>? Failed { get; set; }

    public void Run(Func<Task> work, object subject)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            if (_running.TryGetValue(subject, out var entry))
            {
                entry.Again = true;
                return;
            }

            entry = new Entry();
            _running.Add(subject, entry);
            entry.Task = Task.Run(() => RunAsync(work, subject, entry));
        }
    }

    /// <summary>Takes nothing more, and waits for what runs.</summary>
    public Task WaitAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            return Task.WhenAll(_running.Values.Select(static e => e.Task));
        }
    }

    private async Task RunAsync(Func<Task> work, object subject, Entry entry)
    {
        while (true)
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The service ends.
            }
            catch (Exception exception)
            {
                Failed?.Invoke(exception);
            }

            lock (_lock)
            {
                if (!entry.Again || _isClosed)
                {
                    _running.Remove(subject);
                    return;
                }

                entry.Again = false;
            }
        }
    }

    private sealed class Entry
    {
        public Task Task { get; set; } = Task.CompletedTask;

        public bool Again { get; set; }
    }
}
