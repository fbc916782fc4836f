using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Configuration.Sources;

/// <summary>
/// One origin of settings. A source reads, and says what happened; retries, time-outs, the breaker and what is remembered belong to whoever asks.
/// Safe for use by several threads.
/// </summary>
public interface ISettingsSource : IDisposable
{
    /// <summary>How logs, health and the API call it.</summary>
    string Name { get; }

    /// <summary>Its kind.</summary>
    SourceType Type { get; }

    /// <summary>The local file that updates of it change; null if it cannot be written.</summary>
    string? WritablePath { get; }

    /// <summary>The file or address it reads, for a person; null where there is none.</summary>
    string? Location { get; }

    /// <summary>
    /// Starts to look for changes, until the source is disposed. Call at most once. The callback says that something may have changed; it comes on
    /// any thread, and at most some times a second.
    /// </summary>
    void Watch(Action changed);

    /// <summary>Makes one attempt to read. Expected failures are results; only cancellation throws.</summary>
    /// <param name="previous">The last content, which can be given back where nothing has changed; null to read in full.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    ValueTask<SourceReading> LoadAsync(SourceContent? previous, CancellationToken cancellationToken);
}
