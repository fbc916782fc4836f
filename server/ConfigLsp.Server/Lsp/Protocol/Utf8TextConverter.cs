using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>
/// Reads text as JSON string tokens spell it. The reader's own decoding throws on a lone surrogate, which editors do send while half of a
/// character is typed; a change lost that way would leave the document different from the editor's for good.
/// </summary>
internal sealed class Utf8TextConverter : JsonConverter<Utf8Text>
{
    public override Utf8Text Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("A string is expected.");
        byte[] raw = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan.ToArray();
        return new Utf8Text(reader.ValueIsEscaped ? raw.AsMemory(0, Unescape(raw)) : raw);
    }

    public override void Write(Utf8JsonWriter writer, Utf8Text value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Encoding.UTF8.GetString(value.Bytes.Span));

    /// <summary>Decodes in place, which is possible because no escape is shorter than what it stands for.</summary>
    /// <returns>The length of the decoded text.</returns>
    private static int Unescape(Span<byte> text)
    {
        int read = 0;
        int written = 0;
        while (read < text.Length)
        {
            int plain = text[read..].IndexOf((byte)'\\');
            if (plain != 0)
            {
                Span<byte> run = plain < 0 ? text[read..] : text.Slice(read, plain);
                run.CopyTo(text[written..]);
                written += run.Length;
                read += run.Length;
                continue;
            }

            byte escape = text[read + 1];
            if (escape != (byte)'u')
            {
                text[written++] = Simple(escape);
                read += 2;
                continue;
            }

            Rune rune = ReadUnicode(text, ref read);
            written += rune.EncodeToUtf8(text[written..]);
        }

        return written;
    }

    private static Rune ReadUnicode(ReadOnlySpan<byte> text, ref int read)
    {
        char high = CodeUnit(text, read);
        read += 6;
        if (Rune.TryCreate(high, out Rune rune))
            return rune;
        if (char.IsHighSurrogate(high) && read + 6 <= text.Length && text[read] == (byte)'\\' && text[read + 1] == (byte)'u'
            && Rune.TryCreate(high, CodeUnit(text, read), out rune))
        {
            read += 6;
            return rune;
        }

        return Rune.ReplacementChar;
    }

    // The JSON reader has checked the four digits.
    private static char CodeUnit(ReadOnlySpan<byte> text, int escape)
    {
        int unit = 0;
        foreach (byte digit in text.Slice(escape + 2, 4))
            unit = (unit << 4) | (digit <= (byte)'9' ? digit - (byte)'0' : (digit | 0x20) - (byte)'a' + 10);
        return (char)unit;
    }

    private static byte Simple(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,
    };
}
