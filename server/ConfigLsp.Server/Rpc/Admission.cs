namespace ConfigLsp.Server.Rpc;

/// <summary>Counts what is read but not finished, so that a flood costs a bounded amount of memory.</summary>
internal sealed class Admission(RpcLimits limits)
{
    /// <summary>What a message costs beside its bytes: the objects that carry it.</summary>
    private const int Overhead = 512;

    private long _bytes;
    private int _requests;
    private int _calls;

    /// <summary>Set whenever something finished.</summary>
    public AsyncSignal Released { get; } = new();

    public long Bytes => Interlocked.Read(ref _bytes);

    public bool HasRoom => Bytes <= limits.BytesInFlight;

    public bool IsOverrun => Bytes > 4 * limits.BytesInFlight;

    public bool IsIdle => Volatile.Read(ref _calls) == 0;

    /// <summary>Takes one of the places for requests; only the reader calls it.</summary>
    public bool TryEnterRequest()
    {
        if (Volatile.Read(ref _requests) >= limits.RequestsInFlight)
            return false;
        Interlocked.Increment(ref _requests);
        return true;
    }

    public void Enter(IncomingCall call, long messageBytes)
    {
        call.Charge = messageBytes + Overhead;
        Interlocked.Add(ref _bytes, call.Charge);
        Interlocked.Increment(ref _calls);
    }

    public void Leave(IncomingCall call)
    {
        if (call is InFlightRequest)
            Interlocked.Decrement(ref _requests);
        Interlocked.Add(ref _bytes, -call.Charge);
        Interlocked.Decrement(ref _calls);
        Released.Set();
    }
}
