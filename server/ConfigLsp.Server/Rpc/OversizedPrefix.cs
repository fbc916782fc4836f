using System.Buffers;
using System.Text.Json;

namespace ConfigLsp.Server.Rpc;

/// <summary>What the first bytes of a message that is too large say about it.</summary>
/// <param name="Id">Null when none was found.</param>
/// <param name="IsResponse">It answers a request of ours.</param>
/// <param name="Method">Null when none was found.</param>
/// <param name="Params">The parameters, closed after the last value that is there completely; empty when there are none.</param>
internal readonly record struct OversizedPrefix(RequestId Id, bool IsResponse, string? Method = null, ReadOnlyMemory<byte> Params = default)
{
    public static OversizedPrefix Read(in ReadOnlySequence<byte> prefix, int depth)
    {
        RequestId id = default;
        bool isResponse = false;
        string? method = null;
        ReadOnlyMemory<byte> parameters = default;
        try
        {
            var reader = new Utf8JsonReader(prefix, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = depth }));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = reader.ValueTextEquals("id"u8);
                bool isMethod = reader.ValueTextEquals("method"u8);
                bool isParams = reader.ValueTextEquals("params"u8);
                isResponse |= reader.ValueTextEquals("result"u8) || reader.ValueTextEquals("error"u8);
                if (!reader.Read())
                    break;
                if (isId && !RequestId.TryRead(ref reader, out id))
                    return default;
                if (isMethod && reader.TokenType == JsonTokenType.String)
                    method = reader.GetString();
                if (isParams)
                    parameters = ReadComplete(prefix, ref reader);
                else if (!reader.TrySkip())
                    break;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON: what was found before that still stands.
        }

        return new OversizedPrefix(id, isResponse, method, parameters);
    }

    /// <summary>Reads on to the end of the value or of the prefix.</summary>
    private static byte[] ReadComplete(in ReadOnlySequence<byte> prefix, ref Utf8JsonReader reader)
    {
        long start = reader.TokenStartIndex;
        long end = reader.BytesConsumed;
        // The innermost container comes first, as it is closed first.
        var open = new Stack<byte>();
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    continue;
                case JsonTokenType.StartObject:
                    open.Push((byte)'}');
                    break;
                case JsonTokenType.StartArray:
                    open.Push((byte)']');
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    break;
            }

            end = reader.BytesConsumed;
        }
        while (open.Count > 0 && reader.Read());
        return [.. prefix.Slice(start, end - start).ToArray(), .. open];
    }
}
