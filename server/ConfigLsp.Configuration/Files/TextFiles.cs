using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Files;

/// <summary>Files as texts.</summary>
public static class TextFiles
{
    /// <summary>Reads a file as UTF-8; a byte order mark of UTF-16 or UTF-32 is <see cref="FileFailureKind.WrongEncoding"/>.</summary>
    public static FileResult<SourceText> ReadText(this IFileSystem files, string path, int maxLength, CancellationToken cancellationToken) =>
        files.ReadFile(path, maxLength, cancellationToken).TryGet(out var bytes, out var failure) ? Decode(path, bytes) : failure;

    /// <summary>Takes bytes from anywhere (a file, standard input) as a text.</summary>
    /// <param name="name">What to call the text in a message: its path or URI.</param>
    /// <param name="bytes">The bytes; not copied.</param>
    public static FileResult<SourceText> Decode(string name, ReadOnlyMemory<byte> bytes)
    {
        // UTF-32's little-endian mark starts with the one of UTF-16, so it is looked for first.
        var encoding = bytes.Span switch
        {
            [0xFF, 0xFE, 0, 0, ..] => "UTF-32 (little endian)",
            [0, 0, 0xFE, 0xFF, ..] => "UTF-32 (big endian)",
            [0xFF, 0xFE, ..] => "UTF-16 (little endian)",
            [0xFE, 0xFF, ..] => "UTF-16 (big endian)",
            _ => null,
        };
        return encoding is null
            ? SourceText.FromUtf8(bytes)
            : new FileFailure(FileFailureKind.WrongEncoding, name, $"{name} is encoded in {encoding}. Save it as UTF-8.");
    }
}
