using System.Diagnostics.CodeAnalysis;

namespace ConfigLsp.Configuration.Files;

/// <summary>What a file operation gave: a value or an expected failure.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct FileResult<T>
    where T : notnull
{
    private readonly T? _value;

    private FileResult(T? value, FileFailure? failure)
    {
        _value = value;
        Failure = failure;
    }

    /// <summary>The failure, or null where there is a value.</summary>
    public FileFailure? Failure { get; }

    /// <summary>Whether there is a value.</summary>
    public bool IsSuccess => Failure is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none; ask <see cref="IsSuccess"/> or <see cref="TryGet"/> first.</exception>
    public T Value => Failure is null ? _value! : throw new InvalidOperationException(Failure.Message);

    public static implicit operator FileResult<T>(T value) => new(value, failure: null);

    public static implicit operator FileResult<T>(FileFailure failure) => new(default, failure);

    /// <summary>The value, or else the failure.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out FileFailure? failure)
    {
        value = _value;
        failure = Failure;
        return failure is null;
    }
}
