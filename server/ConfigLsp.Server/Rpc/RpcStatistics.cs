namespace ConfigLsp.Server.Rpc;

/// <summary>Counts of one connection since it opened.</summary>
internal sealed class RpcStatistics
{
    private long _messages;
    private long _malformed;
    private long _unmatched;
    private long _failures;

    /// <summary>Complete messages read.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Messages that were no JSON-RPC: answered with ParseError or InvalidRequest, or drained.</summary>
    public long Malformed => Interlocked.Read(ref _malformed);

    /// <summary>Responses to no open request of ours: late after a cancellation, twice, or invented.</summary>
    public long UnmatchedResponses => Interlocked.Read(ref _unmatched);

    /// <summary>Handlers that threw something that is not an answer.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    public void CountMessage() => Interlocked.Increment(ref _messages);

    /// <returns>The count including this one.</returns>
    public long CountMalformed() => Interlocked.Increment(ref _malformed);

    public void CountUnmatched() => Interlocked.Increment(ref _unmatched);

    public void CountFailure() => Interlocked.Increment(ref _failures);
}
