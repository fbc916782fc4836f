using System.Buffers;
using System.Text.Json;

namespace ConfigLsp.Server.Rpc;

internal enum MessageKind
{
    Invalid,
    Request,
    Notification,
    Response,
}

/// <summary>The members of one message; the slices point into the frame and live as long as it does.</summary>
internal struct MessageHead
{
    public MessageKind Kind { get; set; }

    /// <summary>The id to answer to; null where there is none or it cannot be read.</summary>
    public RequestId Id { get; set; }

    /// <summary>Why the message is invalid.</summary>
    public RpcError? Fault { get; set; }

    public string Method { get; set; }

    /// <summary>Null when no such method is registered.</summary>
    public MethodHandler? Handler { get; set; }

    /// <summary>Empty when omitted.</summary>
    public ReadOnlySequence<byte> Params { get; set; }

    public ReadOnlySequence<byte> Result { get; set; }

    /// <summary>Empty when omitted or null.</summary>
    public ReadOnlySequence<byte> Error { get; set; }

    public static Utf8JsonReader Reader(in ReadOnlySequence<byte> json, int depth)
    {
        var options = new JsonReaderOptions { MaxDepth = depth };
        return json.IsSingleSegment ? new Utf8JsonReader(json.FirstSpan, options) : new Utf8JsonReader(json, options);
    }
}
