using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ConfigLsp.Server.Rpc;

/// <summary>Reads the single parameter of a method in all the forms that clients send it in (<see cref="ParamsShape"/>).</summary>
internal static class ParamsReader
{
    /// <returns>Null, or the error that tells the client what is wrong.</returns>
    public static RpcError? Read<TParams>(
        in ReadOnlySequence<byte> parameters,
        ParamsShape shape,
        JsonTypeInfo<TParams> type,
        string method,
        RequestReplies replies,
        out TParams? value)
    {
        value = default;
        int depth = replies.Limits.Depth;
        try
        {
            if (!TrySelect(parameters, shape, type, depth, out ReadOnlySequence<byte> selected, out string? fault))
                return new RpcError(RpcErrorCodes.InvalidParams, $"Parameters of '{method}': {fault}");
            Utf8JsonReader reader = selected.IsEmpty
                ? new Utf8JsonReader(shape == ParamsShape.Object ? "{}"u8 : "null"u8)
                : MessageHead.Reader(selected, depth);
            value = JsonSerializer.Deserialize(ref reader, type);
            return value is null ? new RpcError(RpcErrorCodes.InvalidParams, $"Parameters of '{method}': a value is required.") : null;
        }
        catch (JsonException exception)
        {
            return new RpcError(RpcErrorCodes.InvalidParams, Describe(method, exception, type));
        }
        catch (Exception exception)
        {
            // A converter's bug must not take the connection down.
            return replies.Internal(method, exception);
        }
    }

    /// <summary>Finds the value to deserialise: <c>params</c> itself or its only element; empty when it is absent.</summary>
    private static bool TrySelect(
        in ReadOnlySequence<byte> parameters, ParamsShape shape, JsonTypeInfo type, int depth, out ReadOnlySequence<byte> selected, out string? fault)
    {
        selected = parameters;
        fault = null;
        if (parameters.IsEmpty)
            return true;
        Utf8JsonReader reader = MessageHead.Reader(parameters, depth);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject && shape == ParamsShape.Object)
                fault = "an object is expected.";
            return fault is null;
        }

        reader.Read();
        JsonTokenType first = reader.TokenType;
        if (first == JsonTokenType.EndArray)
        {
            if (shape == ParamsShape.Object || type.Kind != JsonTypeInfoKind.Enumerable)
                selected = default;
            return true;
        }

        long start = reader.TokenStartIndex;
        reader.Skip();
        ReadOnlySequence<byte> element = parameters.Slice(start, reader.BytesConsumed - start);
        reader.Read();
        bool single = reader.TokenType == JsonTokenType.EndArray;
        if (shape == ParamsShape.Value)
        {
            if (single && Unwraps(first, type))
                selected = element;
            return true;
        }

        selected = first == JsonTokenType.Null ? default : element;
        if (!single)
            fault = "one parameter is expected.";
        else if (first is not (JsonTokenType.StartObject or JsonTokenType.Null))
            fault = "an object is expected.";
        return fault is null;
    }

    private static bool Unwraps(JsonTokenType element, JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Enumerable => element == JsonTokenType.StartArray,
        JsonTypeInfoKind.None when type.Type == typeof(JsonElement) => element != JsonTokenType.StartObject,
        _ => true,
    };

    // The exception's own message names our types, which mean nothing to a client.
    private static string Describe(string method, JsonException exception, JsonTypeInfo type)
    {
        string path = exception.Path is { Length: > 1 and <= 200 } found ? found : "$";
        string text = $"Parameters of '{method}': the value at {path} is missing a member or of the wrong type.";
        if (path != "$" || type.Kind != JsonTypeInfoKind.Object)
            return text;
        string required = string.Join(", ", type.Properties.Where(property => property.IsRequired).Select(property => property.Name));
        return required.Length == 0 ? text : $"{text} Required: {required}.";
    }
}
