using ConfigLsp.Configuration.Http;

namespace ConfigLsp.Configuration.Schemas.Downloading;

/// <summary>Why an address could not be downloaded the last time, and when it is tried again.</summary>
/// <param name="Content">What those are told who ask.</param>
/// <param name="Attempts">How many have failed one after the other.</param>
/// <param name="FailedAt">The time of the last one, monotonic.</param>
/// <param name="Pause">How long it is left alone.</param>
internal sealed record DownloadFailure(SchemaContent.Failed Content, int Attempts, long FailedAt, TimeSpan Pause)
{
    /// <summary>The pause after the first failure; it doubles with each further one.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause, unless the server asks for a longer one.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public static DownloadFailure First(Uri address, HttpFault fault, long now) => Create(address, fault, attempts: 1, now);

    public DownloadFailure Next(Uri address, HttpFault fault, long now) => Create(address, fault, Attempts + 1, now);

    public bool IsDue(TimeProvider time) => time.GetElapsedTime(FailedAt) >= Pause;

    /// <summary>The failure, with how long to wait from now.</summary>
    public SchemaContent.Failed ToContent(TimeProvider time)
    {
        var left = Pause - time.GetElapsedTime(FailedAt);
        return Content with { RetryAfter = left > TimeSpan.Zero ? left : TimeSpan.Zero };
    }

    private static DownloadFailure Create(Uri address, HttpFault fault, int attempts, long now)
    {
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(attempts - 1, 10)));
        return new DownloadFailure(DownloadReasons.From(address, fault), attempts, now, fault.RetryAfter > pause ? fault.RetryAfter.Value : pause);
    }
}
