using System.ComponentModel;
using System.Diagnostics;

namespace ConfigLsp.Server.Rpc.Transports;

/// <summary>Tells when the process that started the server has ended (LSP 3.17, <c>InitializeParams.processId</c>).</summary>
internal static class ClientProcessWatch
{
    /// <summary>How often a process is looked at where the system cannot tell of its end.</summary>
    public static TimeSpan DefaultInterval { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Completes when the process ends, at once if there is none with that id.</summary>
    /// <exception cref="OperationCanceledException">The watch was cancelled first.</exception>
    public static async Task WaitForExitAsync(int processId, TimeSpan interval, TimeProvider time, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows() && await WaitForHandleAsync(processId, cancellation).ConfigureAwait(false))
            return;
        ulong? started = ProcStat.StartTime(processId);
        using var timer = new PeriodicTimer(interval, time);
        while (IsRunning(processId, started))
            await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
    }

    // The same id with another start time is another process that was given the id again.
    private static bool IsRunning(int processId, ulong? started) =>
        started is null ? Exists(processId) : ProcStat.StartTime(processId) == started;

    /// <returns>False when the process may not be opened.</returns>
    private static async Task<bool> WaitForHandleAsync(int processId, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Exists(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
