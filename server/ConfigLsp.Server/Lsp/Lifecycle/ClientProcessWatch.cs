using System.ComponentModel;
using System.Diagnostics;

namespace ConfigLsp.Server.Lsp.Lifecycle;

/// <summary>Notices the end of the client's process, for the case that its pipes stay open (LSP 3.17, <c>InitializeParams.processId</c>).</summary>
internal static class ClientProcessWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Completes when the process has ended or does not exist, or with <paramref name="cancellation"/>.</summary>
    /// <returns>Whether the process has ended.</returns>
    public static async Task<bool> HasEndedAsync(int processId, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            while (!process.HasExited)
                await Task.Delay(Interval, time, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or NotSupportedException)
        {
            // It is there, but it is not ours to watch; the end of the input still ends the server.
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
