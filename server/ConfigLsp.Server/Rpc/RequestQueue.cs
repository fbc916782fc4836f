using System.Threading.Channels;

namespace ConfigLsp.Server.Rpc;

/// <summary>Starts calls in arrival order, each after the one before it has completed its part in the queue.</summary>
internal sealed class RequestQueue(Admission admission)
{
    private readonly Channel<IncomingCall> _calls =
        Channel.CreateUnbounded<IncomingCall>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    /// <summary>Adds a call; its size is bounded by <see cref="Admission"/>, not here.</summary>
    public void Add(IncomingCall call) => _calls.Writer.TryWrite(call);

    /// <summary>Nothing more will be added.</summary>
    public void Complete() => _calls.Writer.TryComplete();

    public async Task RunAsync()
    {
        while (await _calls.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_calls.Reader.TryRead(out IncomingCall? call))
            {
                await call.RunAsync().ConfigureAwait(false);
                if (call is not InFlightRequest)
                    admission.Leave(call);
            }
        }
    }
}
