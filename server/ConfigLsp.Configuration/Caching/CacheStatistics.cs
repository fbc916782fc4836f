namespace ConfigLsp.Configuration.Caching;

/// <summary>How the cache of a workspace has served.</summary>
/// <param name="IsEnabled">Whether answers are remembered.</param>
/// <param name="TimeToLive">For how long.</param>
/// <param name="Hits">Reads that were answered from it.</param>
/// <param name="Misses">Reads that were not.</param>
/// <param name="Size">Answers that it holds, those that have expired included.</param>
public sealed record CacheStatistics(bool IsEnabled, TimeSpan TimeToLive, long Hits, long Misses, int Size);
