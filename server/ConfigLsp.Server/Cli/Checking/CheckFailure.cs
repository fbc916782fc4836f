namespace ConfigLsp.Server.Cli.Checking;

/// <summary>Something that kept a file from being checked.</summary>
/// <param name="Location">The file or folder, or null where it concerns the whole run.</param>
/// <param name="Code">A stable id for programs, for instance <c>file-not-found</c>.</param>
/// <param name="Message">What is wrong and what to do; without the path.</param>
internal sealed record CheckFailure(FileLocation? Location, string Code, string Message);
