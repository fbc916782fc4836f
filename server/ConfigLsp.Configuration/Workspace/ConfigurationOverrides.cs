using System.Collections.Immutable;
using System.Globalization;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>What the environment variables of the process say in place of entries of <c>configlsp.json</c>.</summary>
public sealed record ConfigurationOverrides
{
    public const string FilePathVariable = "CONFIG_FILE_PATH";
    public const string CacheEnabledVariable = "CONFIG_CACHE_ENABLED";
    public const string CacheTtlVariable = "CONFIG_CACHE_TTL";

    /// <summary>Nothing is overridden.</summary>
    public static readonly ConfigurationOverrides None = new();

    /// <summary>
    /// The path of the file that updates go to by default, with placeholders, relative to the workspace folder or absolute
    /// (<see cref="FilePathVariable"/>); null if not set. It is the person's own word, and so may lie outside of an untrusted workspace.
    /// </summary>
    public string? FilePath { get; init; }

    /// <summary>Whether the cache is used; null if not set.</summary>
    public bool? CacheEnabled { get; init; }

    /// <summary>Milliseconds for which a cached setting is fresh; null if not set.</summary>
    public int? CacheTtlMs { get; init; }

    /// <summary>Values that could not be understood and are passed over: sentences for people.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Reads the variables.</summary>
    /// <param name="variable">The value of an environment variable; null if it is not set. An empty value is as if it were not set.</param>
    public static ConfigurationOverrides Read(Func<string, string?> variable)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        var enabled = variable(CacheEnabledVariable)?.Trim() is { Length: > 0 } text ? Flags.Parse(text) : null;
        if (enabled is null && !string.IsNullOrWhiteSpace(variable(CacheEnabledVariable)))
        {
            warnings.Add($"The value of {CacheEnabledVariable} is passed over: it must be true or false (or 1, 0, yes, no, on, off).");
        }

        int? ttl = null;
        if (variable(CacheTtlVariable)?.Trim() is { Length: > 0 } milliseconds)
        {
            if (int.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= CacheConfiguration.MaxTtlMs)
            {
                ttl = value;
            }
            else
            {
                warnings.Add($"The value of {CacheTtlVariable} is passed over: it must be a number of milliseconds from 0 to {CacheConfiguration.MaxTtlMs}.");
            }
        }

        return new ConfigurationOverrides
        {
            FilePath = variable(FilePathVariable) is { } path && !string.IsNullOrWhiteSpace(path) ? path : null,
            CacheEnabled = enabled,
            CacheTtlMs = ttl,
            Warnings = warnings.ToImmutable(),
        };
    }

    /// <summary>The cache as it is configured, with what is overridden.</summary>
    public CacheConfiguration Apply(CacheConfiguration cache) => cache with { Enabled = CacheEnabled ?? cache.Enabled, TtlMs = CacheTtlMs ?? cache.TtlMs };
}
