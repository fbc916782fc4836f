using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>Operational failures as results of a check. The codes are documented in <c>docs/cli.md</c>.</summary>
internal static class CheckFailures
{
    /// <summary>A failure of the file system.</summary>
    public static CheckFailure From(FileFailure failure, FileLocation? location) => new(location, Code(failure.Kind), failure.Message);

    /// <summary>A defect of the program, kept to the file that brought it to light.</summary>
    public static CheckFailure From(Exception exception, FileLocation? location) => new(
        location,
        "internal-error",
        $"The file could not be checked because of a defect of configlsp ({exception.GetType().Name}: {exception.Message}). Please report it with the file.");

    /// <summary>An argument that gave no file.</summary>
    public static CheckFailure NothingMatched(string message) => new(Location: null, "nothing-matched", message);

    /// <summary>The stable id of a kind of failure.</summary>
    public static string Code(FileFailureKind kind) => kind switch
    {
        FileFailureKind.NotFound => "not-found",
        FileFailureKind.PermissionDenied => "permission-denied",
        FileFailureKind.TooLarge => "too-large",
        FileFailureKind.NotRegularFile => "not-a-file",
        FileFailureKind.NotDirectory => "not-a-folder",
        FileFailureKind.WrongEncoding => "wrong-encoding",
        FileFailureKind.InvalidPath => "invalid-path",
        _ => "io-error",
    };
}
