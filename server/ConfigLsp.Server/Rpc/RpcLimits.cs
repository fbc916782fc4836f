namespace ConfigLsp.Server.Rpc;

/// <summary>What one connection may cost. Sizes are bytes on the wire.</summary>
internal sealed record RpcLimits
{
    public static RpcLimits Default { get; } = new();

    /// <summary>Longest header line; a longer one, or a header of more than twice as much, loses the framing.</summary>
    public int HeaderLineBytes { get; init; } = 8 * 1024;

    /// <summary>Most header lines of one message.</summary>
    public int HeaderLines { get; init; } = 32;

    /// <summary>Largest message body. A larger one is drained unread.</summary>
    public int MessageBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How much of an oversized message is searched for its id.</summary>
    public int OversizedPrefixBytes { get; init; } = 4 * 1024;

    /// <summary>Deepest nesting of arrays and objects in a message.</summary>
    public int Depth { get; init; } = 128;

    /// <summary>Requests read but not yet answered; further ones are answered with <see cref="RpcErrorCodes.Overloaded"/>.</summary>
    public int RequestsInFlight { get; init; } = 256;

    /// <summary>
    /// Bytes of messages that are read but not finished. Above it the connection stops reading, except while a handler
    /// waits for the client's answer, which would otherwise never be read; then it ends at four times this figure.
    /// </summary>
    public long BytesInFlight { get; init; } = 64 * 1024 * 1024;

    /// <summary>Serialised bytes that wait for a client that does not read; above it senders wait.</summary>
    public long OutgoingBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long a closing connection lets accepted messages finish before it cancels them.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long cancelled requests, and then the last flush, may take before they are abandoned.</summary>
    public TimeSpan CancelTime { get; init; } = TimeSpan.FromSeconds(1);
}
