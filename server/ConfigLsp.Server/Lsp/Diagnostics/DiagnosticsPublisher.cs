using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Protocol;

namespace ConfigLsp.Server.Lsp.Diagnostics;

/// <summary>
/// Pushes findings to a client that does not pull them: one job per document, which always works on the newest version. An idle server
/// answers at once. A version that is superseded while it is computed is given up; after that the job lets the document rest for about as
/// long as a computation takes, so that fast typing in a large file does not burn the processor for results that nobody sees.
/// </summary>
internal sealed class DiagnosticsPublisher(
    SessionState state, DocumentAnalysis analysis, LspClient client, TimeProvider time, ServerLog log, ErrorRecord errors)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PublishingJob> _jobs = new(StringComparer.Ordinal);
    private bool _stopped;

    /// <summary>Documents whose newest version is not published yet.</summary>
    public int Pending
    {
        get
        {
            lock (_lock)
                return _jobs.Values.Count(job => job.IsBusy);
        }
    }

    /// <summary>Computes and publishes this version, unless a newer one comes. Returns at once.</summary>
    public void Schedule(OpenDocument document)
    {
        lock (_lock)
        {
            if (_stopped)
                return;
            if (!_jobs.TryGetValue(document.Uri, out PublishingJob? job))
                _jobs.Add(document.Uri, job = new PublishingJob());
            job.Next = document;
            // On the thread pool: what waits for the token must not run in the request queue.
            _ = job.Running?.CancelAsync();
            if (!job.IsRunning)
            {
                job.IsRunning = true;
                _ = Task.Run(() => RunAsync(job), CancellationToken.None);
            }
        }
    }

    /// <summary>Computes documents again, because settings or their schemas changed.</summary>
    public void ScheduleAgain(Func<OpenDocument, bool> which)
    {
        foreach (OpenDocument document in state.Documents.All.Where(which))
        {
            // One that is changed or closed meanwhile has been scheduled with its newer version, or must stay closed.
            if (state.Documents.IsCurrent(document))
                Schedule(document);
        }
    }

    /// <summary>Gives up the document and takes its findings off the screen.</summary>
    public ValueTask CloseAsync(string uri)
    {
        lock (_lock)
        {
            if (_jobs.Remove(uri, out PublishingJob? job))
            {
                job.IsClosed = true;
                job.Next = null;
                _ = job.Running?.CancelAsync();
            }
        }

        return client.PublishAsync(new PublishDiagnosticsParams(uri, Version: null, []));
    }

    /// <summary>Ends all jobs without publishing anything more.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            foreach (PublishingJob job in _jobs.Values)
            {
                job.IsClosed = true;
                job.Next = null;
                _ = job.Running?.CancelAsync();
            }
        }
    }

    private async Task RunAsync(PublishingJob job)
    {
        while (TakeNext(job) is var (document, cancellation))
        {
            long? started = null;
            try
            {
                if (job.Rest > TimeSpan.Zero)
                    await Task.Delay(job.Rest, time, cancellation).ConfigureAwait(false);
                started = time.GetTimestamp();
                AnalysisResult result = await analysis.AnalyzeAsync(document, cancellation).ConfigureAwait(false);
                job.Finished(time.GetElapsedTime(started.Value));
                await PublishAsync(job, document, result).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                job.Superseded(started is { } start ? time.GetElapsedTime(start) : TimeSpan.Zero);
            }
            catch (Exception exception)
            {
                // A bug in one document's analysis must not end the publishing of its next version.
                log.Failure("The findings of a document could not be computed.", exception);
                errors.Add($"The findings of a document could not be computed ({exception.GetType().Name}).");
            }
        }
    }

    private (OpenDocument Document, CancellationToken Cancellation)? TakeNext(PublishingJob job)
    {
        lock (_lock)
        {
            job.Running = null;
            if (job.Next is not { } document)
            {
                job.IsRunning = false;
                return null;
            }

            job.Next = null;
            // It has no timer and no wait handle, so there is nothing to dispose; a late cancellation must find it alive.
            job.Running = new CancellationTokenSource();
            return (document, job.Running.Token);
        }
    }

    private async ValueTask PublishAsync(PublishingJob job, OpenDocument document, AnalysisResult result)
    {
        var converter = new LspDiagnosticConverter(state.Features, state.Positions);
        var message = new PublishDiagnosticsParams(
            document.Uri, document.Version, converter.Convert(document.Uri, result.Text, result.Set.Diagnostics.AsSpan()));
        ValueTask sent;
        lock (_lock)
        {
            // Tested and queued under one lock, so that no change can come in between and make this a result for an old version.
            if (job.IsClosed || job.Next is not null || !state.Documents.IsCurrent(document) || job.IsRepeated(document, result.Set))
                return;
            job.Published(document, result.Set);
            sent = client.PublishAsync(message);
        }

        await sent.ConfigureAwait(false);
    }
}
