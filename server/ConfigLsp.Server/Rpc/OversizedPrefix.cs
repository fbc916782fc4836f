using System.Buffers;
using System.Text.Json;

namespace ConfigLsp.Server.Rpc;

/// <summary>What the first bytes of a message that is too large say about it.</summary>
/// <param name="Id">Null when none was found.</param>
/// <param name="IsResponse">It answers a request of ours.</param>
internal readonly record struct OversizedPrefix(RequestId Id, bool IsResponse)
{
    public static OversizedPrefix Read(in ReadOnlySequence<byte> prefix, int depth)
    {
        RequestId id = default;
        bool isResponse = false;
        try
        {
            var reader = new Utf8JsonReader(prefix, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = depth }));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = reader.ValueTextEquals("id"u8);
                isResponse |= reader.ValueTextEquals("result"u8) || reader.ValueTextEquals("error"u8);
                if (!reader.Read())
                    break;
                if (isId && !RequestId.TryRead(ref reader, out id))
                    return default;
                if (!reader.TrySkip())
                    break;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON: what was found before that still stands.
        }

        return new OversizedPrefix(id, isResponse);
    }
}
