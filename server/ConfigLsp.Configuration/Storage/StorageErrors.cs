using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Storage;

/// <summary>What failures of the file system mean to somebody who wants an update.</summary>
internal static class StorageErrors
{
    public static ServiceError From(FileFailure failure, string name) => failure.Kind switch
    {
        FileFailureKind.NoSpace => new ServiceError(ServiceErrors.NoSpace, $"There is no space left to write {name}."),
        FileFailureKind.PermissionDenied => Refused($"{name} or its folder may not be read or written by this user."),
        FileFailureKind.ReadOnly => Refused($"{name} is on a file system that is mounted for reading only."),
        FileFailureKind.Busy => Refused(
            $"{name} cannot be replaced while it is in use, for instance mounted by itself into a container. Mount the folder around it instead."),
        FileFailureKind.NotRegularFile => Refused($"{name} is not a regular file, so it is not replaced."),
        FileFailureKind.NotDirectory => Refused($"The path of {name} leads through something that is not a folder."),
        FileFailureKind.TooLarge => new ServiceError(ServiceErrors.LimitExceeded, $"{name} is larger than {FileLimits.SettingsFile / (1024 * 1024)} MiB, the most that is read."),
        FileFailureKind.NotFound => new ServiceError(ServiceErrors.SourceMissing, $"{name} or its folder is not there."),
        FileFailureKind.InvalidPath => new ServiceError(ServiceErrors.SourceMissing, $"The path of {name} leads nowhere: it is not valid, or its links form a circle."),
        _ => new ServiceError(ServiceErrors.Unavailable, $"{name} could not be read or written: the disk or the network file system reports an error."),
    };

    public static ServiceError Refused(string message) => new(ServiceErrors.PermissionDenied, message);

    public static ServiceError Changed(string name, string? hash) =>
        new(ServiceErrors.Conflict, $"{name} has been changed by somebody else in the meantime.") { Current = new CurrentState(0, Value: null, hash) };
}
