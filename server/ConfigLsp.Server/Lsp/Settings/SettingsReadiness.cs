namespace ConfigLsp.Server.Lsp.Settings;

/// <summary>Whether the settings that the client was asked for have come, so that the first findings need not be corrected at once.</summary>
internal sealed class SettingsReadiness(TimeProvider time)
{
    /// <summary>How long findings wait for settings, and for schemas, that are on their way.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(2);

    private volatile TaskCompletionSource? _asked;

    /// <summary>The client is being asked.</summary>
    public void Asked() => _asked ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>It answered, or will not.</summary>
    public void Settled() => _asked?.TrySetResult();

    /// <summary>Waits for the answer, but no longer than <see cref="LongestWait"/>.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellation)
    {
        if (_asked?.Task is not { IsCompleted: false } answer)
            return;
        try
        {
            await answer.WaitAsync(LongestWait, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The defaults serve until it comes; then everything is computed again.
        }
    }
}
