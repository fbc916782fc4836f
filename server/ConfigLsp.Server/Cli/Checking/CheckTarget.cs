using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>One thing to report on, in the order in which it is reported: a file to check, or what kept one from being found.</summary>
internal abstract record CheckTarget(FileLocation? Location)
{
    /// <summary>A file on disk.</summary>
    public sealed record OnDisk(FileLocation Place, DocumentUri Uri, string FullPath) : CheckTarget(Place);

    /// <summary>A text that was read already.</summary>
    public sealed record InMemory(FileLocation Place, DocumentUri Uri, FileResult<ReadOnlyMemory<byte>> Content) : CheckTarget(Place);

    /// <summary>Nothing that could be checked.</summary>
    public sealed record Failed(CheckFailure Failure) : CheckTarget(Failure.Location);
}
