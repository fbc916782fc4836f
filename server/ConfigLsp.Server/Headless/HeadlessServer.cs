using System.Collections.Concurrent;
using ConfigLsp.Server.Headless.Listening;
using ConfigLsp.Server.Headless.Serving;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Server.Rpc.Transports;

namespace ConfigLsp.Server.Headless;

/// <summary>The service for programs: one client over standard input and output, or many at a socket.</summary>
internal static class HeadlessServer
{
    /// <summary>The client ended as the protocol asks, or the system asked the server to stop.</summary>
    private const int Done = 0;

    /// <summary>The only client went away without <c>shutdown</c> (LSP 3.17, "Exit Notification").</summary>
    private const int Abandoned = 1;

    /// <summary>It could not be started: a folder is not there, or the socket cannot be used.</summary>
    private const int Unusable = 2;

    /// <summary>How often health is looked at without being asked for, so that clients hear of a change.</summary>
    private static readonly TimeSpan HealthInterval = TimeSpan.FromSeconds(30);

    /// <summary>Runs until the client is done, or <paramref name="cancellationToken"/> is cancelled; then accepted requests may finish.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(HeadlessServerOptions options, CancellationToken cancellationToken)
    {
        TimeProvider time = TimeProvider.System;
        var instance = new ServerInstance(time);
        using var log = new ServerLog(new LogOptions { Service = "serve", Level = options.LogLevel, File = options.LogFile }, instance.Id, time);
        var process = new HeadlessProcess(options, instance, log);
        await using (process.ConfigureAwait(false))
        {
            if (options.Workspaces.Select(process.Workspaces.Fault).OfType<string>().FirstOrDefault() is { } fault)
                return await RefuseAsync(log, $"Cannot serve: {fault}.").ConfigureAwait(false);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _ = LookAfterHealthAsync(process, end.Token);
            try
            {
                return options.Transport is HeadlessTransport.Listen listen
                    ? await ListenAsync(listen.Path, process, cancellationToken).ConfigureAwait(false)
                    : await ServeStandardStreamsAsync(process, cancellationToken).ConfigureAwait(false);
            }
            catch (ListenException exception)
            {
                return await RefuseAsync(log, exception.Message).ConfigureAwait(false);
            }
            finally
            {
                await end.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<int> ServeStandardStreamsAsync(HeadlessProcess process, CancellationToken cancellation)
    {
        RpcTransport transport = StdioTransport.Open();
        await using (transport.ConfigureAwait(false))
        {
            var session = new HeadlessSession(transport, process, isShared: false);
            await using (session.ConfigureAwait(false))
            {
                if (process.Options.ClientProcessId is { } processId)
                    session.Watch(processId);
                RpcClose close = await session.RunAsync(cancellation).ConfigureAwait(false);
                process.Log.Info("The connection ended.", ("reason", close.Reason.ToString()), ("detail", close.Detail));
                return session.IsShutDown || cancellation.IsCancellationRequested ? Done : Abandoned;
            }
        }
    }

    private static async Task<int> ListenAsync(string path, HeadlessProcess process, CancellationToken cancellation)
    {
        var listener = await ConnectionListener.OpenAsync(path, process.Options.WorkingDirectory, cancellation).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sessions = new ConcurrentDictionary<Task, bool>();
        await using (listener.ConfigureAwait(false))
        {
            process.Workspaces.Start(client: null, hasOwnFolders: false);
            if (process.Options.ClientProcessId is { } processId)
                _ = StopWithAsync(processId, process, stop);
            await Console.Error.WriteLineAsync($"configlsp: listening at {listener.Address} (process {Environment.ProcessId})").ConfigureAwait(false);
            process.Log.Info("The service listens.", ("processId", Environment.ProcessId), ("version", ServerInstance.Version));
            while (await listener.AcceptAsync(stop.Token).ConfigureAwait(false) is { } transport)
            {
                Task running = Task.Run(() => ServeAsync(transport, process, stop.Token), CancellationToken.None);
                sessions[running] = true;
                _ = running.ContinueWith(done => sessions.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }

        // Each connection lets what it has accepted finish, and answers the rest with ShuttingDown.
        process.Log.Info("The service stops.", ("connections", process.Connections.Count));
        await Task.WhenAll(sessions.Keys).ConfigureAwait(false);
        return Done;
    }

    private static async Task ServeAsync(RpcTransport transport, HeadlessProcess process, CancellationToken stop)
    {
        try
        {
            await using (transport.ConfigureAwait(false))
            {
                if (process.Connections.Count >= HeadlessLimits.Connections)
                {
                    await RefuseAsync(transport).ConfigureAwait(false);
                    return;
                }

                var session = new HeadlessSession(transport, process, isShared: true);
                await using (session.ConfigureAwait(false))
                {
                    RpcClose close = await session.RunAsync(stop).ConfigureAwait(false);
                    process.Log.Info("A connection ended.", ("reason", close.Reason.ToString()), ("detail", close.Detail));
                }
            }
        }
        catch (Exception exception)
        {
            // One client's connection must not take the others down.
            process.Failed(string.Empty, "a connection", exception);
        }
    }

    /// <summary>Tells a client too many why it is not served. Its requests have not been read, so there is no id to answer to.</summary>
    private static async Task RefuseAsync(RpcTransport transport)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        string error = $"\"code\":{RpcErrorCodes.Overloaded},\"message\":\"{HeadlessLimits.Connections} clients are connected already; try again when one has left.\"";
        string body = $"{{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{{{error}}}}}";
        try
        {
            byte[] frame = System.Text.Encoding.UTF8.GetBytes($"Content-Length: {body.Length}\r\n\r\n{body}");
            await transport.Output.WriteAsync(frame, stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // It does not want to know.
        }
    }

    private static async Task LookAfterHealthAsync(HeadlessProcess process, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(HealthInterval, process.Instance.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                if (process.Hub.Clients > 0)
                    process.Health.Touch();
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private static async Task StopWithAsync(int processId, HeadlessProcess process, CancellationTokenSource stop)
    {
        try
        {
            await ClientProcessWatch.WaitForExitAsync(processId, ClientProcessWatch.DefaultInterval, process.Instance.Time, stop.Token).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The server ended first.
        }
    }

    private static async Task<int> RefuseAsync(ServerLog log, string message)
    {
        log.Error("The service could not be started.", ("reason", message));
        await Console.Error.WriteLineAsync($"configlsp: error: {message}").ConfigureAwait(false);
        return Unusable;
    }
}
