using ConfigLsp.Server.Health;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Server.Tests.Health;

public sealed class HealthReporterTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly HealthReporter _health;
    private int _asked;
    private HealthStatus _status = HealthStatus.Healthy;

    public HealthReporterTests()
    {
        _health = new HealthReporter(new ServerInstance(_time));
        _health.Add("one", () =>
        {
            Interlocked.Increment(ref _asked);
            return new HealthCheck("one", _status, "It is.");
        });
    }

    [Fact]
    public async Task What_was_found_is_given_for_30_seconds_with_its_age()
    {
        Assert.Equal(0, (await ReportAsync()).AgeMs);
        _time.Advance(TimeSpan.FromSeconds(29));
        HealthReport kept = await ReportAsync();
        Assert.Equal(29_000, kept.AgeMs);
        Assert.Equal(1, _asked);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, (await ReportAsync()).AgeMs);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_fresh_look_is_taken_at_most_once_a_second()
    {
        await ReportAsync(fresh: true);
        await ReportAsync(fresh: true);
        Assert.Equal(1, _asked);
        _time.Advance(TimeSpan.FromSeconds(1));
        await ReportAsync(fresh: true);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_makes_nothing_older_or_younger()
    {
        await ReportAsync();
        _time.SetWallClock(TimeSpan.FromDays(-1));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(5_000, (await ReportAsync()).AgeMs);
    }

    [Fact]
    public async Task Several_who_ask_together_share_one_look()
    {
        using var gate = new ManualResetEventSlim();
        int asked = 0;
        var health = new HealthReporter(new ServerInstance(_time));
        health.Add("slow", () =>
        {
            Interlocked.Increment(ref asked);
            gate.Wait();
            return new HealthCheck("slow", HealthStatus.Healthy, "It is.");
        });
        Task<HealthReport>[] reports = [.. Enumerable.Range(0, 10).Select(_ => health.ReportAsync(HealthKind.Full, fresh: true, CancellationToken.None).AsTask())];
        gate.Set();
        await Task.WhenAll(reports);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_component_that_does_not_answer_is_unhealthy_and_not_asked_a_second_time_meanwhile()
    {
        using var gate = new ManualResetEventSlim();
        int asked = 0;
        var health = new HealthReporter(new ServerInstance(_time));
        health.Add("hangs", () =>
        {
            Interlocked.Increment(ref asked);
            gate.Wait();
            return new HealthCheck("hangs", HealthStatus.Healthy, "It is.");
        });
        for (int i = 0; i < 2; i++)
        {
            ValueTask<HealthReport> reporting = health.ReportAsync(HealthKind.Full, fresh: true, CancellationToken.None);
            await _time.WaitForTimerAsync(HealthProbe.Limit);
            _time.Advance(HealthProbe.Limit);
            HealthReport report = await reporting;
            HealthCheck hangs = Assert.Single(report.Checks);
            Assert.Equal(HealthStatus.Unhealthy, hangs.Status);
            Assert.NotNull(hangs.Advice);
            _time.Advance(HealthReporter.Freshest);
        }

        Assert.Equal(1, asked);
        gate.Set();
    }

    [Fact]
    public async Task A_check_that_throws_is_itself_unhealthy()
    {
        _health.Add("broken", () => throw new InvalidOperationException("secret"));
        HealthReport report = await ReportAsync();
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        HealthCheck broken = report.Checks.Single(check => check.Name == "broken");
        Assert.DoesNotContain("secret", broken.Message, StringComparison.Ordinal);
        Assert.NotNull(broken.Advice);
    }

    [Fact]
    public async Task A_change_of_the_overall_status_is_told_once()
    {
        var changes = new List<(HealthStatus, HealthStatus)>();
        _health.StatusChanged += (_, change) => changes.Add((change.OldStatus, change.Report.Status));
        await ReportAsync();
        _status = HealthStatus.Degraded;
        _time.Advance(HealthReporter.Kept);
        await ReportAsync();
        _time.Advance(HealthReporter.Kept);
        await ReportAsync();
        _status = HealthStatus.Healthy;
        _time.Advance(HealthReporter.Kept);
        await ReportAsync();
        Assert.Equal([(HealthStatus.Healthy, HealthStatus.Degraded), (HealthStatus.Degraded, HealthStatus.Healthy)], changes);
    }

    [Fact]
    public async Task What_happens_is_looked_at_soon_without_anybody_asking()
    {
        await ReportAsync();
        _status = HealthStatus.Unhealthy;
        var told = new TaskCompletionSource<HealthStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        _health.StatusChanged += (_, change) => told.SetResult(change.Report.Status);
        _health.Touch();
        _health.Touch();
        await _time.WaitForTimerAsync(HealthReporter.Freshest);
        _time.Advance(HealthReporter.Freshest);
        Assert.Equal(HealthStatus.Unhealthy, await told.Task);
    }

    [Fact]
    public async Task Readiness_asks_only_for_what_decides_it()
    {
        _status = HealthStatus.Unhealthy;
        _health.Add("decides", () => new HealthCheck("decides", HealthStatus.Degraded, "It is.") { DecidesReadiness = true });
        HealthReport ready = await _health.ReportAsync(HealthKind.Ready, fresh: false, CancellationToken.None);
        Assert.Equal(["decides"], ready.Checks.Select(check => check.Name));
        Assert.Equal(HealthStatus.Degraded, ready.Status);
        HealthReport live = await _health.ReportAsync(HealthKind.Live, fresh: false, CancellationToken.None);
        Assert.Empty(live.Checks);
        Assert.Equal(HealthStatus.Healthy, live.Status);
    }

    private ValueTask<HealthReport> ReportAsync(bool fresh = false) => _health.ReportAsync(HealthKind.Full, fresh, CancellationToken.None);
}
