using System.IO.Compression;

namespace ConfigLsp.Configuration.Storage.State;

/// <summary>The contents that are kept, each once however often it occurs. Runs within a transaction.</summary>
internal static class KeptContents
{
    /// <summary>Whether nothing but a revision up to <c>$2</c> needs the content <c>$1</c>.</summary>
    private const string IsFree =
        "NOT EXISTS (SELECT 1 FROM file WHERE hash = $1) AND NOT EXISTS (SELECT 1 FROM intent WHERE $1 IN (old_hash, new_hash)) "
        + "AND NOT EXISTS (SELECT 1 FROM revision WHERE old_hash = $1 AND revision > $2)";

    public static void Add(StateConnection connection, string hash, ReadOnlyMemory<byte> content)
    {
        if (connection.First("SELECT 1 FROM content WHERE hash = $1", static _ => true, hash))
        {
            return;
        }

        var packed = Pack(content.Span);
        connection.Execute("INSERT INTO content (hash, length, packed) VALUES ($1, $2, $3)", hash, content.Length, packed);
        connection.Execute("UPDATE store SET kept_bytes = kept_bytes + $1", packed.Length);
    }

    /// <summary>The content; null if it is not kept any more.</summary>
    public static ReadOnlyMemory<byte>? Find(StateConnection connection, string hash)
    {
        var (length, packed) = connection.First(
            "SELECT length, packed FROM content WHERE hash = $1", static row => (row.GetInt32(0), row.GetBytes(1)), hash);
        return packed is null ? null : Unpack(packed, length, hash);
    }

    /// <summary>Removes a content that no file, no intent and no revision after the given one needs.</summary>
    public static void Release(StateConnection connection, string? hash, long revision)
    {
        if (hash is not null
            && connection.First($"SELECT length(packed) FROM content WHERE hash = $1 AND {IsFree}", static row => row.GetInt64(0), hash, revision) is > 0 and var length)
        {
            connection.Execute("DELETE FROM content WHERE hash = $1", hash);
            connection.Execute("UPDATE store SET kept_bytes = kept_bytes - $1", length);
        }
    }

    private static byte[] Pack(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    private static ReadOnlyMemory<byte>? Unpack(byte[] packed, int length, string hash)
    {
        try
        {
            var content = new byte[length];
            using var deflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
            deflate.ReadExactly(content);
            return ContentHash.Of(content) == hash ? content : null;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }
}
