using ConfigLsp.Server.Lsp.Diagnostics;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class PublishingJobTests
{
    [Fact]
    public void A_job_rests_only_after_a_computation_in_vain_and_about_as_long_as_one_takes()
    {
        var job = new PublishingJob();
        Assert.Equal(TimeSpan.Zero, job.Rest);

        job.Finished(TimeSpan.FromMilliseconds(40));
        Assert.Equal(TimeSpan.Zero, job.Rest);

        job.Superseded(TimeSpan.FromMilliseconds(5));
        Assert.Equal(TimeSpan.FromMilliseconds(40), job.Rest);

        job.Superseded(TimeSpan.FromMilliseconds(60));
        Assert.Equal(TimeSpan.FromMilliseconds(60), job.Rest);

        job.Finished(TimeSpan.FromMilliseconds(2));
        Assert.Equal(TimeSpan.Zero, job.Rest);
    }

    [Fact]
    public void A_rest_is_never_long_enough_to_be_noticed_as_a_delay()
    {
        var job = new PublishingJob();
        job.Superseded(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromMilliseconds(300), job.Rest);
    }
}
