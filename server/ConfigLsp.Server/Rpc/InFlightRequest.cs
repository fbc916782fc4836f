using System.Diagnostics.CodeAnalysis;

namespace ConfigLsp.Server.Rpc;

/// <summary>A request between its reading and its reply. Its state makes sure that exactly one reply is sent, whoever comes first.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle, and a late cancellation must find it alive.")]
internal abstract class InFlightRequest(string method, RequestId id, RequestReplies replies) : IncomingCall(method, replies)
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Answered = 2;

    private readonly CancellationTokenSource _cancellation = new();
    private int _state;
    private int _holds = 2;

    public RequestId Id { get; } = id;

    /// <summary>Whether the client itself asked for the cancellation.</summary>
    public bool CancelledByClient { get; private set; }

    protected CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Claims the right and the duty to reply.</summary>
    public bool TryClaim() => Interlocked.Exchange(ref _state, Answered) != Answered;

    /// <summary>Cancels; true when the request had not started, so that the caller now has the duty to reply.</summary>
    public bool Cancel(bool byClient)
    {
        if (byClient)
            CancelledByClient = true;
        if (Interlocked.CompareExchange(ref _state, Answered, Waiting) == Waiting)
            return true;
        // On the thread pool: what is registered with the token must not run on the thread that reads messages.
        _ = _cancellation.CancelAsync();
        return false;
    }

    /// <summary>The request keeps its place in the limits until it has left the queue and was answered; true for the later of the two.</summary>
    public bool ReleaseHold() => Interlocked.Decrement(ref _holds) == 0;

    public sealed override async ValueTask RunAsync()
    {
        if (Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting)
        {
            if (Replies.Refusal(Method, isRequest: true) is { } refusal)
                await Replies.ErrorAsync(this, refusal).ConfigureAwait(false);
            else
                await StartAsync().ConfigureAwait(false);
        }

        Replies.LeftQueue(this);
    }

    /// <summary>Does the part that belongs to the queue. Throws nothing and sees to it that a reply is sent.</summary>
    protected abstract ValueTask StartAsync();
}
