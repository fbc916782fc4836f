using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Health;

namespace ConfigLsp.Server.Tests.Health;

public sealed class ServiceHealthTests
{
    private static readonly BreakerSnapshot Closed = new(BreakerState.Closed, 0, null, null, null);

    [Theory]
    [InlineData(LayerState.Loaded, false, false, "Healthy")]
    [InlineData(LayerState.NotLoaded, false, true, "Healthy")]
    [InlineData(LayerState.Missing, true, false, "Healthy")]
    [InlineData(LayerState.Missing, false, false, "Degraded")]
    [InlineData(LayerState.Missing, false, true, "Unhealthy")]
    [InlineData(LayerState.LastGood, false, true, "Degraded")]
    [InlineData(LayerState.Failed, true, false, "Degraded")]
    [InlineData(LayerState.Failed, false, true, "Unhealthy")]
    [InlineData(LayerState.Refused, false, false, "Degraded")]
    public void A_source_is_as_healthy_as_its_content_and_its_importance_say(LayerState state, bool optional, bool required, string expected)
    {
        HealthCheck check = ServiceHealth.CheckSource(
            new SourceReport
            {
                Name = "central",
                Type = SourceType.Http,
                State = state,
                IsOptional = optional,
                IsRequired = required,
                Breaker = Closed,
                Error = new ServiceError(ServiceErrors.Unavailable, "It did not answer."),
            },
            "source:central");
        Assert.Equal(expected, check.Status.ToString());
        Assert.Equal(check.Status == HealthStatus.Healthy, check.Advice is null);
        Assert.Equal(required, check.DecidesReadiness);
    }

    [Theory]
    [InlineData(100, 0, 0, "Healthy")]
    [InlineData(100, 5, 0, "Healthy")]
    [InlineData(100, 6, 0, "Degraded")]
    [InlineData(10, 10, 0, "Healthy")]
    [InlineData(100, 0, 1, "Degraded")]
    public void Operations_are_healthy_when_95_percent_succeed_and_none_is_slow(int operations, int errors, int slow, string expected)
    {
        var count = new OperationCount(operations, operations - errors, errors, slow, TimeSpan.FromSeconds(1), null, null);
        HealthCheck check = ServiceHealth.CheckOperations(ImmutableSortedDictionary<string, OperationCount>.Empty.Add("update", count), "operations");
        Assert.Equal(expected, check.Status.ToString());
        Assert.Equal(check.Status == HealthStatus.Healthy, check.Advice is null);
        if (check.Status != HealthStatus.Healthy)
            Assert.Contains("update", check.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "Healthy")]
    [InlineData(1L << 40, null, "Healthy")]
    [InlineData(50L << 20, null, "Degraded")]
    [InlineData(10L, null, "Unhealthy")]
    [InlineData(1L << 40, "old.db", "Degraded")]
    public void Storage_warns_before_the_disk_is_full(long? free, string? quarantined, string expected)
    {
        HealthCheck check = ServiceHealth.CheckStorage(new StorageReport("/state/state.db", IsOpen: true, "store", free, Error: null, quarantined), "storage");
        Assert.Equal(expected, check.Status.ToString());
        Assert.Equal(check.Status == HealthStatus.Healthy, check.Advice is null);
        Assert.DoesNotContain("/state", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_database_that_cannot_be_used_is_unhealthy_with_what_to_do()
    {
        var error = new ServiceError(ServiceErrors.PermissionDenied, "The state folder cannot be created.");
        HealthCheck check = ServiceHealth.CheckStorage(new StorageReport(null, IsOpen: false, null, null, error, null), "storage");
        Assert.Equal(HealthStatus.Unhealthy, check.Status);
        Assert.Contains("Correct the permissions", check.Advice!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 30, 10, 0, "Healthy")]
    [InlineData(3L << 30, 10, 0, "Degraded")]
    [InlineData(1L << 30, 500, 0, "Degraded")]
    [InlineData(1L << 30, 10, 5000, "Degraded")]
    public void Resources_warn_of_memory_threads_and_waiting_work(long resident, long threads, long queued, string expected)
    {
        HealthCheck check = ProcessHealth.CheckResources(resident, threads, queued);
        Assert.Equal(expected, check.Status.ToString());
        Assert.Equal(check.Status == HealthStatus.Healthy, check.Advice is null);
    }
}
