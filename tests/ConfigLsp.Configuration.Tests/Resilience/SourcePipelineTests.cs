using System.Threading.Channels;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Configuration.Tests.Resilience;

public sealed class SourcePipelineTests : IDisposable
{
    private static readonly SourceReading Content = new SourceReading.Loaded(new SourceContent(JsonParser.Parse(SourceText.From("{}"))));
    private static readonly SourceReading Ill = Failed();
    private static readonly ResilienceOptions Steady = ResilienceOptions.Default with { Jitter = false };

    private readonly FakeTimeProvider _clock = new();
    private readonly List<SourceOperation> _operations = [];
    private readonly List<SourcePipeline> _pipelines = [];

    public void Dispose() => _pipelines.ForEach(p => p.Dispose());

    [Fact]
    public async Task What_a_source_gives_is_handed_on()
    {
        var pipeline = Create(Steady);
        Assert.Same(Content, await Load(pipeline, Content));
        var missing = new SourceReading.Missing();
        Assert.Same(missing, await Load(pipeline, missing));
        Assert.Equal(
            [
                new SourceOperation("remote", SourceOperationKind.Load, SourceOutcome.Success, TimeSpan.Zero, 1),
                new SourceOperation("remote", SourceOperationKind.Load, SourceOutcome.Missing, TimeSpan.Zero, 1),
            ],
            _operations);
    }

    [Fact]
    public async Task A_failed_attempt_is_repeated_after_one_and_after_two_seconds()
    {
        var source = new Script(Ill, Ill, Content);
        var load = Create(Steady).LoadAsync(source.LoadAsync, AttemptMode.Full, default).AsTask();
        await ExpectWait(1, source, attemptsBefore: 1);
        await ExpectWait(2, source, attemptsBefore: 2);
        Assert.Same(Content, await load);
        Assert.Equal(new SourceOperation("remote", SourceOperationKind.Load, SourceOutcome.Success, TimeSpan.FromSeconds(3), 3), Assert.Single(_operations));
    }

    [Fact]
    public async Task After_the_last_attempt_its_failure_is_the_answer()
    {
        var source = new Script(Ill, Ill, Failed("last"), Content);
        var load = Create(Steady).LoadAsync(source.LoadAsync, AttemptMode.Full, default).AsTask();
        await ExpectWait(1, source, 1);
        await ExpectWait(2, source, 2);
        Assert.Equal("last", Assert.IsType<SourceReading.Failed>(await load).Error.Message);
        Assert.Equal((SourceOutcome.Failure, 3, "Unavailable"), (_operations[0].Outcome, _operations[0].Attempts, _operations[0].ErrorName));
    }

    [Fact]
    public async Task Waits_grow_by_the_factor_up_to_the_cap()
    {
        var source = new Script(Ill, Ill, Ill, Ill, Content);
        var options = Steady with { MaxAttempts = 5, Factor = 3, MaxDelay = TimeSpan.FromSeconds(7), FailureThreshold = 100 };
        var load = Create(options).LoadAsync(source.LoadAsync, AttemptMode.Full, default).AsTask();
        await ExpectWait(1, source, 1);
        await ExpectWait(3, source, 2);
        await ExpectWait(7, source, 3);
        await ExpectWait(7, source, 4);
        Assert.Same(Content, await load);
    }

    [Theory]
    [InlineData(0, 0.8)]
    [InlineData(0.5, 1)]
    [InlineData(0.999, 1.2)]
    public async Task Jitter_shifts_a_wait_by_at_most_a_fifth(double random, double seconds)
    {
        var source = new Script(Ill, Content);
        var load = Create(ResilienceOptions.Default, () => random).LoadAsync(source.LoadAsync, AttemptMode.Full, default).AsTask();
        await ExpectWait(seconds, source, 1);
        Assert.Same(Content, await load);
    }

    [Fact]
    public async Task Jitter_does_not_exceed_the_cap()
    {
        var source = new Script(Ill, Content);
        var load = Create(ResilienceOptions.Default with { MaxDelay = TimeSpan.FromSeconds(1) }, () => 0.9).LoadAsync(source.LoadAsync, AttemptMode.Full, default).AsTask();
        await ExpectWait(1, source, 1);
        Assert.Same(Content, await load);
    }

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(4, 4)]
    [InlineData(20, 20)]
    public async Task A_wait_is_at_least_what_the_origin_asks_for(double asked, double seconds)
    {
        var source = new Script(Failed(retryAfter: asked), Content);
        var load = Create(Steady).LoadAsync(source.LoadAsync, AttemptMode.Full, default).AsTask();
        await ExpectWait(seconds, source, 1);
        Assert.Same(Content, await load);
    }

    [Fact]
    public async Task A_wait_that_would_end_in_the_time_out_is_not_begun()
    {
        var source = new Script(Failed(retryAfter: 30), Content);
        var reading = await Create(Steady).LoadAsync(source.LoadAsync, AttemptMode.Full, default);
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<SourceReading.Failed>(reading).Error.RetryAfter);
        Assert.Equal(1, source.Attempts);
    }

    [Fact]
    public async Task A_single_attempt_never_waits()
    {
        var source = new Script(Ill, Content);
        Assert.Same(Ill, await Create(Steady).LoadAsync(source.LoadAsync, AttemptMode.Single, default));
        Assert.Equal(1, source.Attempts);
    }

    [Fact]
    public async Task Without_repetitions_one_attempt_is_made()
    {
        var source = new Script(Ill, Content);
        Assert.Same(Ill, await Create(Steady with { MaxAttempts = 1 }).LoadAsync(source.LoadAsync, AttemptMode.Full, default));
    }

    [Fact]
    public async Task What_is_not_transient_is_not_repeated_and_does_not_open_the_breaker()
    {
        var pipeline = Create(Steady);
        var invalid = new SourceReading.Failed(new ServiceError(ServiceErrors.SourceInvalid, "x"), IsTransient: false);
        for (var i = 0; i < 6; i++)
        {
            Assert.Same(invalid, await Load(pipeline, invalid));
            await Load(pipeline, new SourceReading.Missing());
        }

        Assert.Equal((BreakerState.Closed, 0), (pipeline.Breaker.Snapshot.State, pipeline.Breaker.Snapshot.ConsecutiveFailures));
        Assert.All(_operations, o => Assert.Equal(1, o.Attempts));
    }

    [Fact]
    public async Task Attempts_that_take_too_long_are_cut_and_repeated()
    {
        var source = new Script(null, null, null);
        var pipeline = Create(Steady);
        var load = pipeline.LoadAsync(source.LoadAsync, AttemptMode.Full, default).AsTask();
        foreach (var wait in (int[])[1, 2])
        {
            await source.NextAttempt();
            _clock.Advance(TimeSpan.FromSeconds(5));
            await ExpectWait(wait, source, source.Attempts);
        }

        await source.NextAttempt();
        _clock.Advance(TimeSpan.FromSeconds(5));
        var failed = Assert.IsType<SourceReading.Failed>(await load);
        Assert.Equal((ServiceErrors.Timeout, "The source `remote` did not answer within 5 s.", true), (failed.Error.Descriptor, failed.Error.Message, failed.IsTransient));
        var operation = Assert.Single(_operations);
        Assert.Equal((SourceOutcome.Timeout, 3, 3, TimeSpan.FromSeconds(18), true), (operation.Outcome, operation.Attempts, operation.TimedOutAttempts, operation.Duration, operation.IsSlow));
        Assert.Equal((3, "Timeout"), (pipeline.Breaker.Snapshot.ConsecutiveFailures, pipeline.Breaker.Snapshot.LastError));
    }

    [Fact]
    public async Task An_attempt_that_does_not_heed_its_token_is_left_behind()
    {
        var never = new TaskCompletionSource<SourceReading>();
        var load = Create(Steady).LoadAsync(_ => new ValueTask<SourceReading>(never.Task), AttemptMode.Single, default).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Same(ServiceErrors.Timeout, Assert.IsType<SourceReading.Failed>(await load).Error.Descriptor);
    }

    [Fact]
    public async Task An_attempt_that_blocks_its_thread_is_left_behind()
    {
        using var release = new ManualResetEventSlim();
        using var begun = new SemaphoreSlim(0);
        var load = Create(Steady).LoadAsync(
            _ =>
            {
                begun.Release();
                release.Wait(CancellationToken.None);
                return new(Content);
            },
            AttemptMode.Single,
            default).AsTask();
        Assert.True(await begun.WaitAsync(TimeSpan.FromSeconds(30)));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Same(ServiceErrors.Timeout, Assert.IsType<SourceReading.Failed>(await load).Error.Descriptor);
        release.Set();
    }

    [Fact]
    public async Task A_pipeline_that_is_gone_refuses_what_has_not_begun_and_lets_the_rest_end()
    {
        var pipeline = Create(Steady);
        var source = new Script(null, Content);
        var running = pipeline.LoadAsync(source.LoadAsync, AttemptMode.Full, default).AsTask();
        await source.NextAttempt();
        pipeline.Dispose();
        Assert.Same(ServiceErrors.Unavailable, Assert.IsType<SourceReading.Failed>(await Load(pipeline, Content)).Error.Descriptor);
        source.Release(Content);
        Assert.Same(Content, await running);
    }

    [Fact]
    public async Task The_time_out_in_all_ends_waits_and_counts_an_attempt_that_it_cuts()
    {
        var source = new Script(Failed(retryAfter: 28), null);
        var pipeline = Create(Steady);
        var load = pipeline.LoadAsync(source.LoadAsync, AttemptMode.Full, default).AsTask();
        await ExpectWait(28, source, 1);
        await source.NextAttempt();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("The source `remote` did not answer within 30 s.", Assert.IsType<SourceReading.Failed>(await load).Error.Message);
        Assert.Equal(2, pipeline.Breaker.Snapshot.ConsecutiveFailures);
    }

    [Fact]
    public async Task Failures_of_several_operations_add_up_and_then_the_source_is_left_alone()
    {
        var pipeline = Create(Steady);
        var source = new Script([.. Enumerable.Repeat(Ill, 5), Content]);
        Assert.Same(Ill, await pipeline.LoadAsync(source.LoadAsync, AttemptMode.Single, default));
        Assert.Same(Ill, await pipeline.LoadAsync(source.LoadAsync, AttemptMode.Single, default));
        var load = pipeline.LoadAsync(source.LoadAsync, AttemptMode.Full, default).AsTask();
        await ExpectWait(1, source, 3);
        await ExpectWait(2, source, 4);
        Assert.Same(Ill, await load);
        Assert.Equal(BreakerState.Open, pipeline.Breaker.Snapshot.State);

        var refused = Assert.IsType<SourceReading.Failed>(await pipeline.LoadAsync(source.LoadAsync, AttemptMode.Full, default));
        Assert.Equal((ServiceErrors.CircuitOpen, TimeSpan.FromSeconds(60), true), (refused.Error.Descriptor, refused.Error.RetryAfter, refused.IsTransient));
        Assert.Equal(5, source.Attempts);
        Assert.Equal((SourceOutcome.CircuitOpen, 0), (_operations[^1].Outcome, _operations[^1].Attempts));

        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Same(Content, await pipeline.LoadAsync(source.LoadAsync, AttemptMode.Full, default));
        Assert.Equal(BreakerState.Closed, pipeline.Breaker.Snapshot.State);
    }

    [Fact]
    public async Task When_the_breaker_opens_between_attempts_the_reason_is_the_answer_and_at_once()
    {
        var source = new Script(Ill, Content);
        var pipeline = Create(Steady with { FailureThreshold = 1 });
        Assert.Same(Ill, await pipeline.LoadAsync(source.LoadAsync, AttemptMode.Full, default));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1, source.Attempts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_that_goes_away_counts_neither_way(bool isHalfOpen)
    {
        var pipeline = Create(Steady with { FailureThreshold = isHalfOpen ? 1 : 2 });
        await pipeline.LoadAsync(new Script(Ill).LoadAsync, AttemptMode.Single, default);
        _clock.Advance(TimeSpan.FromSeconds(60));

        using var caller = new CancellationTokenSource();
        var source = new Script(null, Content);
        var load = pipeline.LoadAsync(source.LoadAsync, AttemptMode.Full, caller.Token).AsTask();
        await source.NextAttempt();
        Assert.Equal(isHalfOpen ? BreakerState.HalfOpen : BreakerState.Closed, pipeline.Breaker.Snapshot.State);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        Assert.Equal(1, pipeline.Breaker.Snapshot.ConsecutiveFailures);
        Assert.Equal(isHalfOpen ? BreakerState.HalfOpen : BreakerState.Closed, pipeline.Breaker.Snapshot.State);
        Assert.Equal(SourceOutcome.Cancelled, _operations[^1].Outcome);

        Assert.Same(Content, await pipeline.LoadAsync(source.LoadAsync, AttemptMode.Full, default));
        Assert.Equal((BreakerState.Closed, 0), (pipeline.Breaker.Snapshot.State, pipeline.Breaker.Snapshot.ConsecutiveFailures));
    }

    [Fact]
    public async Task A_caller_who_goes_away_during_a_wait_is_heeded()
    {
        using var caller = new CancellationTokenSource();
        var source = new Script(Ill, Content);
        var load = Create(Steady).LoadAsync(source.LoadAsync, AttemptMode.Full, caller.Token).AsTask();
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        Assert.Equal(1, source.Attempts);
    }

    [Fact]
    public async Task A_source_that_cancels_by_itself_has_failed()
    {
        var pipeline = Create(Steady);
        var reading = await pipeline.LoadAsync(_ => throw new OperationCanceledException(), AttemptMode.Single, default);
        Assert.Same(ServiceErrors.Unavailable, Assert.IsType<SourceReading.Failed>(reading).Error.Descriptor);
        Assert.Equal(1, pipeline.Breaker.Snapshot.ConsecutiveFailures);
    }

    [Fact]
    public async Task A_bug_comes_out_and_the_place_is_free_again()
    {
        var pipeline = Create(Steady with { MaxConcurrent = 1 });
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => pipeline.LoadAsync(_ => throw new InvalidTimeZoneException(), AttemptMode.Full, default).AsTask());
        Assert.Same(Content, await Load(pipeline, Content));
    }

    [Fact]
    public async Task Only_so_many_run_at_a_time_and_only_so_many_wait()
    {
        var pipeline = Create(Steady with { MaxConcurrent = 2, MaxQueued = 1 });
        var source = new Script(null, null, Content);
        var running = new[] { Start(default), Start(default) };
        await source.NextAttempt();
        await source.NextAttempt();
        using var caller = new CancellationTokenSource();
        var waiting = Start(caller.Token);
        var refused = Assert.IsType<SourceReading.Failed>(await Start(default));
        Assert.Equal((ServiceErrors.Overloaded, true), (refused.Error.Descriptor, refused.IsTransient));
        Assert.Equal((SourceOutcome.Overloaded, 0), (_operations[^1].Outcome, _operations[^1].Attempts));

        // A place in the queue is free again when its caller goes away.
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        waiting = Start(default);
        Assert.Equal(2, source.Attempts);
        source.Release(Content);
        Assert.Same(Content, await waiting);
        source.Release(Content);
        await Task.WhenAll(running);

        Task<SourceReading> Start(CancellationToken token) => pipeline.LoadAsync(source.LoadAsync, AttemptMode.Full, token).AsTask();
    }

    [Theory]
    [InlineData(AttemptMode.Single, 5)]
    [InlineData(AttemptMode.Full, 30)]
    public async Task Nobody_waits_for_a_place_longer_than_an_operation_may_take(AttemptMode mode, int seconds)
    {
        var pipeline = Create(Steady with { MaxConcurrent = 1, AttemptTimeout = TimeSpan.FromSeconds(5) });
        var update = new TaskCompletionSource();
        var running = pipeline.ExecuteAsync<int>(
            async _ =>
            {
                await update.Task;
                return 1;
            },
            _ => true,
            AttemptMode.Single,
            default).AsTask();
        var waiting = pipeline.LoadAsync(new Script(Content).LoadAsync, mode, default).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Same(ServiceErrors.Timeout, Assert.IsType<SourceReading.Failed>(await waiting).Error.Descriptor);

        // An update that no longer heeds its token has been made, and says so.
        update.SetResult();
        Assert.Equal(1, (await running).Value);
    }

    [Fact]
    public async Task Refused_updates_are_no_failures()
    {
        var pipeline = Create(Steady);
        await pipeline.LoadAsync(new Script(Ill).LoadAsync, AttemptMode.Single, default);
        foreach (var descriptor in (ErrorDescriptor[])[ServiceErrors.ValidationFailed, ServiceErrors.Conflict])
        {
            var result = await pipeline.ExecuteAsync<int>(_ => new(new ServiceError(descriptor, "no")), IsFailure, AttemptMode.Full, default);
            Assert.Same(descriptor, result.Error?.Descriptor);
            Assert.Equal(1, pipeline.Breaker.Snapshot.ConsecutiveFailures);
            Assert.Equal((SourceOperationKind.Update, SourceOutcome.Refused, 1), (_operations[^1].Kind, _operations[^1].Outcome, _operations[^1].Attempts));
        }

        Assert.Equal(7, (await pipeline.ExecuteAsync<int>(_ => new(7), IsFailure, AttemptMode.Full, default)).Value);
        Assert.Equal((0, SourceOutcome.Success), (pipeline.Breaker.Snapshot.ConsecutiveFailures, _operations[^1].Outcome));
    }

    [Fact]
    public async Task Failed_updates_open_the_breaker_for_reads_as_well()
    {
        var pipeline = Create(Steady);
        for (var i = 0; i < 5; i++)
        {
            var result = await pipeline.ExecuteAsync<int>(_ => new(new ServiceError(ServiceErrors.PermissionDenied, "no")), IsFailure, AttemptMode.Full, default);
            Assert.Same(ServiceErrors.PermissionDenied, result.Error?.Descriptor);
        }

        Assert.All(_operations, o => Assert.Equal((SourceOutcome.Failure, 1), (o.Outcome, o.Attempts)));
        var refused = await pipeline.ExecuteAsync<int>(_ => new(7), IsFailure, AttemptMode.Full, default);
        Assert.Equal((ServiceErrors.CircuitOpen, TimeSpan.FromSeconds(60)), (refused.Error?.Descriptor, refused.Error?.RetryAfter));
        Assert.Same(ServiceErrors.CircuitOpen, Assert.IsType<SourceReading.Failed>(await Load(pipeline, Content)).Error.Descriptor);
    }

    [Fact]
    public async Task Failed_updates_that_can_be_repeated_are()
    {
        var attempts = 0;
        var update = Create(Steady).ExecuteAsync<int>(
            _ => new(attempts++ == 0 ? new ServiceError(ServiceErrors.NoSpace, "full") : 7), IsFailure, AttemptMode.Full, default).AsTask();
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(7, (await update).Value);
    }

    private static bool IsFailure(ServiceError error) => error.Descriptor.Class is ErrorClass.Storage or ErrorClass.Timeout;

    private static SourceReading.Failed Failed(string message = "ill", double? retryAfter = null) =>
        new(
            new ServiceError(ServiceErrors.Unavailable, message) { RetryAfter = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null },
            IsTransient: true);

    private static async Task<SourceReading> Load(SourcePipeline pipeline, SourceReading reading) =>
        await pipeline.LoadAsync(_ => new(reading), AttemptMode.Full, default);

    private SourcePipeline Create(ResilienceOptions options, Func<double>? random = null)
    {
        var pipeline = new SourcePipeline("remote", options, _clock, _operations.Add, random);
        _pipelines.Add(pipeline);
        return pipeline;
    }

    /// <summary>Another attempt is made after exactly this time.</summary>
    private async Task ExpectWait(double seconds, Script source, int attemptsBefore)
    {
        var wait = TimeSpan.FromSeconds(seconds);
        await _clock.WaitForTimerInAsync(wait);
        _clock.Advance(wait - TimeSpan.FromTicks(1));
        Assert.Equal(attemptsBefore, source.Attempts);
        source.ForgetAttempts();
        _clock.Advance(TimeSpan.FromTicks(1));
        await source.NextAttempt(isPeek: true);
        Assert.Equal(attemptsBefore + 1, source.Attempts);
    }

    /// <summary>A source whose attempts end as written; null: not before the token is cancelled or <see cref="Release"/>.</summary>
    private sealed class Script(params SourceReading?[] readings)
    {
        private readonly Channel<int> _attempts = Channel.CreateUnbounded<int>();
        private readonly Channel<SourceReading> _released = Channel.CreateUnbounded<SourceReading>();
        private int _count;

        public int Attempts => Volatile.Read(ref _count);

        public async ValueTask<SourceReading> LoadAsync(CancellationToken cancellationToken)
        {
            var index = Interlocked.Increment(ref _count) - 1;
            await _attempts.Writer.WriteAsync(index, CancellationToken.None);
            return readings[index] ?? await _released.Reader.ReadAsync(cancellationToken);
        }

        public void Release(SourceReading reading) => Assert.True(_released.Writer.TryWrite(reading));

        public async Task NextAttempt(bool isPeek = false)
        {
            await _attempts.Reader.WaitToReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            if (!isPeek)
            {
                Assert.True(_attempts.Reader.TryRead(out _));
            }
        }

        public void ForgetAttempts()
        {
            while (_attempts.Reader.TryRead(out _))
            {
            }
        }
    }
}
