namespace ConfigLsp.Server.Rpc;

/// <summary>Why a connection ended.</summary>
internal enum RpcCloseReason
{
    /// <summary>The input ended between two messages.</summary>
    EndOfInput,

    /// <summary>The input ended, or failed, inside a message.</summary>
    TruncatedInput,

    /// <summary>The client sent the notification that was registered with <see cref="RpcHandlers.OnExit"/>.</summary>
    Exit,

    /// <summary>The header did not say where the next message begins.</summary>
    FramingLost,

    /// <summary>A message above the size limit had no id to answer to, so that dropping it would go unnoticed.</summary>
    OversizedMessage,

    /// <summary>The client went on sending while the server waited for an answer, beyond what is buffered for it.</summary>
    InputOverrun,

    /// <summary>The output was closed by its reader or failed.</summary>
    OutputClosed,

    /// <summary>The server asked for the end.</summary>
    Stopped,
}

/// <summary>How a connection ended.</summary>
/// <param name="Reason">The kind of end.</param>
/// <param name="Detail">One sentence for the log.</param>
internal sealed record RpcClose(RpcCloseReason Reason, string Detail);
