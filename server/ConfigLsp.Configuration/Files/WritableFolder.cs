using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Files;

/// <summary>
/// An open folder. Names are those of entries directly in it; a link among them is never followed. Failures are results; a null
/// <see cref="FileFailure"/> is success.
/// </summary>
public abstract class WritableFolder : IDisposable
{
    /// <summary>The path it was opened by.</summary>
    public abstract string Path { get; }

    /// <summary>Its identity, or null where the platform does not tell.</summary>
    public abstract FileIdentity? Identity { get; }

    /// <summary>Facts about an entry.</summary>
    public abstract FileResult<FileDetails> GetDetails(string name);

    /// <summary>Reads a regular file; anything else, also a link, is <see cref="FileFailureKind.NotRegularFile"/>.</summary>
    public abstract FileResult<FileSnapshot> ReadFile(string name, int maxLength, CancellationToken cancellationToken);

    /// <summary>The names that start and end so, in no order.</summary>
    public abstract FileResult<ImmutableArray<string>> FindNames(string prefix, string suffix);

    /// <summary>Creates a file that must not exist yet, not even as a link, and opens it for writing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="mode">Its permissions on Unix, of which the process' mask takes away.</param>
    public abstract FileResult<WritableFile> CreateFile(string name, int mode);

    /// <summary>Creates a folder; one that is there already is <see cref="FileFailureKind.AlreadyExists"/>.</summary>
    public abstract FileFailure? CreateFolder(string name);

    /// <summary>Gives a file another name, in one step that either happens or does not.</summary>
    /// <param name="from">The name it has.</param>
    /// <param name="to">The name it gets.</param>
    /// <param name="replace">Whether a file with that name is replaced; else it is <see cref="FileFailureKind.AlreadyExists"/>.</param>
    public abstract FileFailure? Rename(string from, string to, bool replace);

    /// <summary>Removes a file's name.</summary>
    public abstract FileFailure? Delete(string name);

    /// <summary>Waits until the disk has what was created, renamed and deleted here.</summary>
    public abstract FileFailure? Flush();

    /// <inheritdoc />
    public abstract void Dispose();
}

/// <summary>A file being written. Disposing of it closes it, whatever comes of that.</summary>
public abstract class WritableFile : IDisposable
{
    /// <summary>Writes at the end; may write less than asked, but at least one byte.</summary>
    public abstract FileResult<int> Write(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Gives it the permissions and the owner of another file, as far as they differ.
    /// </summary>
    public abstract FileFailure? TakeRights(FileAccessRights rights);

    /// <summary>Waits until the disk has its content.</summary>
    public abstract FileFailure? Flush();

    /// <summary>Closes it; its last chance to report an error.</summary>
    public abstract FileFailure? Close();

    /// <inheritdoc />
    public abstract void Dispose();
}
