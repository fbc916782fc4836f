namespace ConfigLsp.Configuration.Files;

/// <summary>Why a file or a directory could not be used.</summary>
public enum FileFailureKind
{
    /// <summary>There is nothing at the path.</summary>
    NotFound,

    /// <summary>The operating system refuses access.</summary>
    PermissionDenied,

    /// <summary>The file is larger than the caller's limit.</summary>
    TooLarge,

    /// <summary>A directory, pipe, socket or device stands where a regular file is expected.</summary>
    NotRegularFile,

    /// <summary>Something else stands where a directory is expected.</summary>
    NotDirectory,

    /// <summary>The text is in UTF-16 or UTF-32.</summary>
    WrongEncoding,

    /// <summary>The path itself cannot be used, for instance because it holds a NUL character or its links form a circle.</summary>
    InvalidPath,

    /// <summary>Something has the name already.</summary>
    AlreadyExists,

    /// <summary>The disk or the quota is used up.</summary>
    NoSpace,

    /// <summary>The file system is mounted for reading only.</summary>
    ReadOnly,

    /// <summary>The file is in use in a way that keeps it where it is, for instance as a mount point.</summary>
    Busy,

    /// <summary>Reading or writing failed for another reason that the operating system gives.</summary>
    IoError,
}

/// <summary>An expected failure of the file system.</summary>
/// <param name="Kind">The kind, for programs.</param>
/// <param name="Path">The path concerned, as the caller gave it.</param>
/// <param name="Message">What is wrong and what to do, for people: a sentence that names the path.</param>
public sealed record FileFailure(FileFailureKind Kind, string Path, string Message);
