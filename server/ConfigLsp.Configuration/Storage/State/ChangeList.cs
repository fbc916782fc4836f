using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ConfigLsp.Configuration.Keys;

namespace ConfigLsp.Configuration.Storage.State;

/// <summary>Changes of keys as a column: a JSON array of JSON Pointers, each after <c>+</c> (added), <c>-</c> (removed) or <c>~</c> (altered).</summary>
internal static class ChangeList
{
    public static string Write(IReadOnlyList<KeyChange> changes, int limit)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            for (var i = 0; i < Math.Min(changes.Count, limit); i++)
            {
                var change = changes[i];
                json.WriteStringValue((!change.ExistedBefore ? "+" : change.ExistsAfter ? "~" : "-") + change.Key.Pointer);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static ImmutableArray<KeyChange> Read(string column)
    {
        var changes = ImmutableArray.CreateBuilder<KeyChange>();
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(column));
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.String)
            {
                var text = json.GetString()!;
                changes.Add(new KeyChange(ToKey(text.AsSpan(1)), ExistedBefore: text[0] != '+', ExistsAfter: text[0] != '-'));
            }
        }

        return changes.DrainToImmutable();
    }

    private static SettingKey ToKey(ReadOnlySpan<char> pointer)
    {
        var key = SettingKey.Root;
        if (pointer.IsEmpty)
        {
            return key;
        }

        foreach (var segment in pointer[1..].ToString().Split('/'))
        {
            key = key.Append(segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        return key;
    }
}
