using ConfigLsp.Server.Cli.Checking;

namespace ConfigLsp.Server.Cli.Reporting;

/// <summary>
/// An output format of <c>check</c>. Called by one thread: <see cref="Begin"/>, then files and failures in the order of their paths, then
/// <see cref="End"/>. What was added is written at once, so that a long run holds no more than the files it is working on.
/// </summary>
internal interface ICheckReport
{
    void Begin();

    void Add(CheckedFile file);

    void Add(CheckFailure failure);

    void End(CheckSummary summary, int exitCode);
}
