using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>Why a command did not do what it was asked for: an error of the service, or of the command line itself.</summary>
/// <param name="Name">The name of the error, as in <c>docs/errors.md</c>; <see cref="InvalidArgument"/> for the command line's own.</param>
/// <param name="Class">Its kind.</param>
/// <param name="Message">What is wrong, and where.</param>
/// <param name="ExitCode">What the process returns.</param>
internal sealed record CommandFailure(string Name, string Class, string Message, int ExitCode)
{
    /// <summary>The name of an error in what was typed.</summary>
    public const string InvalidArgument = "InvalidArgument";

    /// <summary>What a person should do, or null.</summary>
    public string? Help { get; init; }

    public bool IsRetryable { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public string? Key { get; init; }

    public string? Source { get; init; }

    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    public CurrentState? Current { get; init; }

    public bool IsApplied { get; init; }

    public static implicit operator CommandFailure(ServiceError error) => Of(error);

    /// <summary>The error of the service, with the exit code for its kind.</summary>
    public static CommandFailure Of(ServiceError error) =>
        new(error.Descriptor.Name, ServiceWords.Of(error.Descriptor.Class), error.Message, ExitCodeOf(error.Descriptor))
        {
            Help = error.Descriptor.Help,
            IsRetryable = error.Descriptor.IsRetryable,
            RetryAfter = error.RetryAfter,
            Key = error.Key,
            Source = error.Source,
            Diagnostics = error.Diagnostics,
            Current = error.Current,
            IsApplied = error.IsApplied,
        };

    /// <summary>Something in the command line names what is not there.</summary>
    public static CommandFailure Usage(string message, string? help = null) => new(InvalidArgument, "usage", message, ExitCodes.Failure) { Help = help };

    private static int ExitCodeOf(ErrorDescriptor descriptor) => descriptor.Class switch
    {
        // The revision that somebody typed does not come back when it is tried again.
        _ when descriptor == ServiceErrors.Compacted => ExitCodes.Findings,
        ErrorClass.Validation => ExitCodes.Findings,
        ErrorClass.Conflict => ExitCodes.Conflict,
        ErrorClass.Storage => ExitCodes.Failure,
        ErrorClass.Configuration when descriptor != ServiceErrors.Unavailable => ExitCodes.Findings,
        _ => ExitCodes.Unavailable,
    };
}

/// <summary>How a command ended: an exit code, or why it could not be carried out.</summary>
internal readonly record struct CommandOutcome(int ExitCode, CommandFailure? Failure)
{
    public static implicit operator CommandOutcome(int exitCode) => new(exitCode, Failure: null);

    public static implicit operator CommandOutcome(CommandFailure failure) => new(failure.ExitCode, failure);

    public static implicit operator CommandOutcome(ServiceError error) => CommandFailure.Of(error);
}
