using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;

namespace ConfigLsp.Configuration.Service;

/// <summary>Counts operations by name, with how they ended and how long they took. Safe for use by several threads.</summary>
public sealed class OperationStatistics(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, OperationCount> _counts = new(StringComparer.Ordinal);

    /// <summary>Operations slower than this are worth a warning.</summary>
    public static readonly TimeSpan SlowThreshold = TimeSpan.FromSeconds(10);

    /// <summary>The counts by operation.</summary>
    public ImmutableSortedDictionary<string, OperationCount> Counts
    {
        get
        {
            lock (_lock)
            {
                return _counts.ToImmutableSortedDictionary(StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Carries an operation out and counts it. What the request itself has wrong is no error of the service.</summary>
    internal async ValueTask<ServiceResult<T>> CountAsync<T>(string operation, Func<ValueTask<ServiceResult<T>>> run)
    {
        var started = time.GetTimestamp();
        var outcome = OperationOutcome.Error;
        try
        {
            var result = await run().ConfigureAwait(false);
            outcome = result.Error is not { } error ? OperationOutcome.Success
                : error.Descriptor.Class is ErrorClass.Validation or ErrorClass.Conflict ? OperationOutcome.Refused
                : OperationOutcome.Error;
            return result;
        }
        catch (OperationCanceledException)
        {
            outcome = OperationOutcome.Refused;
            throw;
        }
        finally
        {
            Add(operation, outcome, time.GetElapsedTime(started));
        }
    }

    /// <summary>Counts an operation that was answered at once.</summary>
    internal void Add(string operation, OperationOutcome outcome, TimeSpan duration)
    {
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(operation, OperationCount.None);
            var now = time.GetUtcNow();
            _counts[operation] = count with
            {
                Operations = count.Operations + 1,
                Successes = count.Successes + (outcome == OperationOutcome.Success ? 1 : 0),
                Errors = count.Errors + (outcome == OperationOutcome.Error ? 1 : 0),
                Slow = count.Slow + (duration > SlowThreshold ? 1 : 0),
                TotalDuration = count.TotalDuration + duration,
                LastSuccessAt = outcome == OperationOutcome.Success ? now : count.LastSuccessAt,
                LastErrorAt = outcome == OperationOutcome.Error ? now : count.LastErrorAt,
            };
        }
    }
}

/// <summary>How an operation ended.</summary>
internal enum OperationOutcome
{
    Success,

    /// <summary>The request was wrong, somebody else was first, or the caller went away.</summary>
    Refused,

    Error,
}

/// <summary>How often an operation was carried out, and how it went.</summary>
/// <param name="Operations">How often.</param>
/// <param name="Successes">How often it did what was asked.</param>
/// <param name="Errors">How often the service failed.</param>
/// <param name="Slow">How often it took longer than <see cref="OperationStatistics.SlowThreshold"/>.</param>
/// <param name="TotalDuration">All durations together.</param>
/// <param name="LastSuccessAt">When it last did what was asked; null if never.</param>
/// <param name="LastErrorAt">When it last failed; null if never.</param>
public sealed record OperationCount(long Operations, long Successes, long Errors, long Slow, TimeSpan TotalDuration, DateTimeOffset? LastSuccessAt, DateTimeOffset? LastErrorAt)
{
    internal static readonly OperationCount None = new(0, 0, 0, 0, TimeSpan.Zero, null, null);
}
