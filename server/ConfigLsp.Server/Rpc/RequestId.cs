using System.Buffers;
using System.Text.Json;

namespace ConfigLsp.Server.Rpc;

/// <summary>
/// The id of a request: a number or a string. It is echoed with the very bytes it came in, because clients compare it by type
/// and some by spelling; two ids are equal when their values are (<c>"a"</c> and <c>"\u0061"</c>). The default value is <c>null</c>.
/// </summary>
internal readonly struct RequestId : IEquatable<RequestId>
{
    /// <summary>Longest id that is accepted, in bytes: it is kept and echoed, so it must not be a way to store data.</summary>
    public const int MaxBytes = 1024;

    private readonly long _integer;
    private readonly byte[]? _lexeme;
    private readonly byte[]? _key;
    private readonly bool _isInteger;

    public RequestId(long integer)
    {
        _integer = integer;
        _isInteger = true;
    }

    private RequestId(byte[] lexeme, byte[] key)
    {
        _lexeme = lexeme;
        _key = key;
    }

    public bool IsNull => !_isInteger && _lexeme is null;

    /// <summary>Whether the id is a plain integer, as the ids of our own requests are.</summary>
    public bool TryGetInteger(out long integer)
    {
        integer = _integer;
        return _isInteger;
    }

    /// <summary>Reads the token at <paramref name="reader"/>; false when it is no number or string, or too long.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out RequestId id)
    {
        id = default;
        long length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > MaxBytes)
            return false;
        if (reader.TokenType == JsonTokenType.Number)
        {
            // "-0" is an integer to the reader, but would be echoed as "0".
            if (reader.TryGetInt64(out long integer) && (integer != 0 || length == 1))
            {
                id = new RequestId(integer);
                return true;
            }

            byte[] number = new byte[length];
            CopyRaw(in reader, number);
            id = new RequestId(number, number);
            return true;
        }

        if (reader.TokenType != JsonTokenType.String)
            return false;
        byte[] lexeme = new byte[length + 2];
        CopyRaw(in reader, lexeme.AsSpan(1));
        lexeme[0] = lexeme[^1] = (byte)'"';
        id = new RequestId(lexeme, reader.ValueIsEscaped ? Unescaped(in reader, lexeme.Length) : lexeme);
        return true;
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        if (_isInteger)
            writer.WriteNumberValue(_integer);
        else if (_lexeme is null)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(_lexeme, skipInputValidation: true);
    }

    public bool Equals(RequestId other) =>
        _isInteger == other._isInteger && _integer == other._integer && _key.AsSpan().SequenceEqual(other._key);

    public override bool Equals(object? obj) => obj is RequestId other && Equals(other);

    public override int GetHashCode()
    {
        if (_isInteger)
            return _integer.GetHashCode();
        HashCode hash = default;
        hash.AddBytes(_key);
        return hash.ToHashCode();
    }

    public override string ToString() =>
        _isInteger ? _integer.ToString() : _lexeme is null ? "null" : System.Text.Encoding.UTF8.GetString(_lexeme);

    private static void CopyRaw(in Utf8JsonReader reader, Span<byte> destination)
    {
        if (reader.HasValueSequence)
            reader.ValueSequence.CopyTo(destination);
        else
            reader.ValueSpan.CopyTo(destination);
    }

    private static byte[] Unescaped(in Utf8JsonReader reader, int capacity)
    {
        byte[] key = new byte[capacity];
        int written = reader.CopyString(key.AsSpan(1));
        key[0] = (byte)'"';
        key[written + 1] = (byte)'"';
        return key[..(written + 2)];
    }
}
