namespace ConfigLsp.Configuration.Files;

/// <summary>What can be told of a file without reading it: where it is, size, time and identity.</summary>
internal readonly record struct FileFingerprint(string? RealPath, FileStatus? Status, FileFailureKind? Failure)
{
    public static FileFingerprint Of(IFileSystem files, string path) =>
        !files.ResolveRealPath(path).TryGet(out var real, out var failure) || !files.GetStatus(real).TryGet(out var status, out failure)
            ? new FileFingerprint(RealPath: null, Status: null, failure.Kind)
            : new FileFingerprint(real, status, Failure: null);
}
