using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Server.Rpc.Transports;

namespace ConfigLsp.Server.Lsp;

/// <summary>Serves one editor until it is done.</summary>
internal static class LspServer
{
    /// <summary>The client ended as the protocol asks, or the system asked the server to stop.</summary>
    private const int Done = 0;

    /// <summary>The client went away without <c>shutdown</c> (LSP 3.17, "Exit Notification").</summary>
    private const int Abandoned = 1;

    /// <summary>The client could not be reached at all.</summary>
    private const int Unreachable = 2;

    /// <summary>Runs until the client says <c>exit</c>, its input or its process ends, or <paramref name="cancellationToken"/> is cancelled.</summary>
    /// <param name="options">How it is started.</param>
    /// <param name="configuration">The configuration service.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code of the process: 0, 1 when the client went away without <c>shutdown</c>, 2 when it could not be reached.</returns>
    public static async Task<int> RunAsync(LspServerOptions options, ConfigurationAccess configuration, CancellationToken cancellationToken)
    {
        TimeProvider time = TimeProvider.System;
        var instance = new ServerInstance(time);
        using var log = new ServerLog(new LogOptions { Service = "lsp", Level = options.LogLevel, File = options.LogFile }, instance.Id, time);
        RpcTransport transport;
        try
        {
            transport = await OpenAsync(options.Transport, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            log.Info("Asked to stop before the client was reached.");
            return Done;
        }
        catch (IOException exception)
        {
            log.Error("The client could not be reached.", ("reason", exception.Message));
            await Console.Error.WriteLineAsync($"configlsp: {exception.Message}").ConfigureAwait(false);
            return Unreachable;
        }

        await using (transport.ConfigureAwait(false))
        {
            var files = new PhysicalFileSystem();
            var sessionOptions = new LspSessionOptions(instance, log, files)
            {
                SchemaCache = SchemaCache.Find(files, Environment.GetEnvironmentVariable),
                LogLevel = options.LogLevel,
                ClientProcessId = options.ClientProcessId,
                Configuration = configuration,
            };
            using var session = new LspSession(transport.Input, transport.Output, sessionOptions);
            RpcClose close = await session.RunAsync(cancellationToken).ConfigureAwait(false);
            log.Info("The connection ended.", ("reason", close.Reason.ToString()), ("detail", close.Detail));
            return session.IsShutDown || cancellationToken.IsCancellationRequested ? Done : Abandoned;
        }
    }

    private static Task<RpcTransport> OpenAsync(LspTransport transport, CancellationToken cancellation) => transport switch
    {
        LspTransport.Pipe pipe => PipeTransport.ConnectAsync(pipe.Name, cancellation),
        LspTransport.Socket socket => SocketTransport.ConnectAsync(socket.Port, cancellation),
        _ => Task.FromResult(StdioTransport.Open()),
    };
}
