using System.Buffers;
using System.Text.Json;

namespace ConfigLsp.Server.Rpc;

/// <summary>Takes a message apart without copying it: checks that it is JSON and JSON-RPC 2.0, finds the method, and marks where the values lie.</summary>
internal static class MessageParser
{
    /// <summary>Longest method name that is looked at; no registered one comes near.</summary>
    private const int MaxMethodBytes = 256;

    public static MessageHead Parse(in ReadOnlySequence<byte> body, RpcHandlers handlers, int depth)
    {
        MessageHead head = default;
        try
        {
            if (!Utf8Sequence.IsValid(body))
                head.Fault = new RpcError(RpcErrorCodes.ParseError, "The message is not valid UTF-8.");
            else
                Read(body, handlers, depth, ref head);
        }
        catch (JsonException exception)
        {
            head = new MessageHead
            {
                Fault = new RpcError(
                    RpcErrorCodes.ParseError,
                    $"The message is not valid JSON, or nested deeper than {depth} levels (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine})."),
            };
        }
        catch (InvalidOperationException)
        {
            // The JSON reader's complaint about an escaped half of a surrogate pair, here in an id or a method.
            head.Fault = new RpcError(RpcErrorCodes.InvalidRequest, "'id' and 'method' must be Unicode text.");
        }

        if (head.Fault is not null)
            head.Kind = MessageKind.Invalid;
        return head;
    }

    private static void Read(in ReadOnlySequence<byte> body, RpcHandlers handlers, int depth, ref MessageHead head)
    {
        Utf8JsonReader reader = MessageHead.Reader(body, depth);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            string found = reader.TokenType == JsonTokenType.StartArray ? "Batches are not supported; send" : "A message is";
            reader.Skip();
            reader.Read();
            head.Fault = new RpcError(RpcErrorCodes.InvalidRequest, $"{found} one JSON object per frame.");
            return;
        }

        Members seen = default;
        Members invalid = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Members member = MemberOf(in reader);
            if (Has(seen, member))
                invalid |= Members.Twice;
            seen |= member;
            reader.Read();
            if (!ReadMember(member, ref reader, body, handlers, ref head))
                invalid |= member;
        }

        // Beyond the closing brace there may only be white space; the reader throws at anything else.
        reader.Read();
        head.Fault = Judge(seen, invalid, ref head);
    }

    private static bool ReadMember(
        Members member, ref Utf8JsonReader reader, in ReadOnlySequence<byte> body, RpcHandlers handlers, ref MessageHead head)
    {
        switch (member)
        {
            case Members.Version:
                return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("2.0"u8) || Skip(ref reader);
            case Members.Id:
                if (RequestId.TryRead(ref reader, out RequestId id))
                {
                    head.Id = id;
                    return true;
                }

                return Skip(ref reader);
            case Members.Method:
                return reader.TokenType == JsonTokenType.String ? ReadMethod(in reader, handlers, ref head) : Skip(ref reader);
            case Members.Params:
                bool isNull = reader.TokenType == JsonTokenType.Null;
                ReadOnlySequence<byte> parameters = Value(ref reader, body);
                head.Params = isNull ? default : parameters;
                return true;
            case Members.Result:
                head.Result = Value(ref reader, body);
                return true;
            case Members.Error when reader.TokenType != JsonTokenType.Null:
                head.Error = Value(ref reader, body);
                return true;
            default:
                reader.Skip();
                return true;
        }
    }

    private static RpcError? Judge(Members seen, Members invalid, ref MessageHead head)
    {
        string? fault = null;
        if (Has(invalid, Members.Twice))
            fault = "A member of the message stands twice.";
        else if (!Has(seen, Members.Version) || Has(invalid, Members.Version))
            fault = "'jsonrpc' must be \"2.0\".";
        else if (Has(invalid, Members.Id))
            fault = $"'id' must be a number or a string of at most {RequestId.MaxBytes} bytes.";
        else if (Has(invalid, Members.Method))
            fault = "'method' must be a string.";
        else if (Has(seen, Members.Method))
            head.Kind = Has(seen, Members.Id) ? MessageKind.Request : MessageKind.Notification;
        else if (Has(seen, Members.Id) && Has(seen, Members.Result | Members.Error))
            head.Kind = MessageKind.Response;
        else
            fault = "The message has no 'method', and is no response either.";
        return fault is null ? null : new RpcError(RpcErrorCodes.InvalidRequest, fault);
    }

    private static bool ReadMethod(in Utf8JsonReader reader, RpcHandlers handlers, ref MessageHead head)
    {
        long length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > MaxMethodBytes)
        {
            head.Method = $"(a name of {length} bytes)";
            return true;
        }

        Span<char> buffer = stackalloc char[MaxMethodBytes];
        ReadOnlySpan<char> name = buffer[..reader.CopyString(buffer)];
        head.Method = handlers.TryFind(name, out MethodHandler? handler) ? handler!.Name : name.ToString();
        head.Handler = handler;
        return true;
    }

    private static ReadOnlySequence<byte> Value(ref Utf8JsonReader reader, in ReadOnlySequence<byte> body)
    {
        long start = reader.TokenStartIndex;
        reader.Skip();
        return body.Slice(start, reader.BytesConsumed - start);
    }

    private static bool Skip(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return false;
    }

    private static Members MemberOf(in Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("jsonrpc"u8))
            return Members.Version;
        if (reader.ValueTextEquals("id"u8))
            return Members.Id;
        if (reader.ValueTextEquals("method"u8))
            return Members.Method;
        if (reader.ValueTextEquals("params"u8))
            return Members.Params;
        if (reader.ValueTextEquals("result"u8))
            return Members.Result;
        return reader.ValueTextEquals("error"u8) ? Members.Error : Members.None;
    }

    private static bool Has(Members members, Members any) => (members & any) != Members.None;

    [Flags]
    private enum Members
    {
        None = 0,
        Version = 1,
        Id = 2,
        Method = 4,
        Params = 8,
        Result = 16,
        Error = 32,
        Twice = 64,
    }
}
