using System.IO.Pipes;
using System.Runtime.Versioning;
using ConfigLsp.Server.Rpc.Transports;

namespace ConfigLsp.Server.Headless.Listening;

/// <summary>A named pipe of Windows that only the same user can open.</summary>
[SupportedOSPlatform("windows")]
internal sealed class NamedPipeListener : ConnectionListener
{
    private const string Prefix = @"\\.\pipe\";

    private readonly string _name;
    private NamedPipeServerStream _next;

    private NamedPipeListener(string name, NamedPipeServerStream first)
    {
        _name = name;
        _next = first;
    }

    public override string Address => Prefix + _name;

    /// <exception cref="ListenException">Another process has a pipe of that name.</exception>
    public static NamedPipeListener Open(string address)
    {
        string name = address.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? address[Prefix.Length..] : address;
        try
        {
            return new NamedPipeListener(name, Create(name, PipeOptions.FirstPipeInstance));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ListenException($"Cannot listen at the pipe '{name}': it is in use by another process, or no name of a pipe.", exception);
        }
    }

    public override async Task<RpcTransport?> AcceptAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await _next.WaitForConnectionAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (IOException)
            {
                // The client went away again before it was connected.
                await _next.DisposeAsync().ConfigureAwait(false);
                _next = Create(_name, PipeOptions.None);
                continue;
            }

            NamedPipeServerStream connected = _next;
            // Before this one is served, so that the name never goes.
            _next = Create(_name, PipeOptions.None);
            return new RpcTransport(connected);
        }
    }

    public override ValueTask DisposeAsync() => _next.DisposeAsync();

    private static NamedPipeServerStream Create(string name, PipeOptions more) => new(
        name, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte,
        PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly | more);
}
