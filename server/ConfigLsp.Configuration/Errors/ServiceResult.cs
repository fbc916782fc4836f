using System.Diagnostics.CodeAnalysis;

namespace ConfigLsp.Configuration.Errors;

/// <summary>The outcome of an operation of the service: a value or an error.</summary>
public readonly struct ServiceResult<T>
{
    private readonly T? _value;

    private ServiceResult(T? value, ServiceError? error)
    {
        _value = value;
        Error = error;
    }

    /// <summary>Why there is no value; null if there is one.</summary>
    public ServiceError? Error { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The value; only where <see cref="IsSuccess"/>.</summary>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"There is no value, but {Error.Descriptor.Name}.");

    public static implicit operator ServiceResult<T>(T value) => new(value, null);

    public static implicit operator ServiceResult<T>(ServiceError error) => new(default, error);

    /// <summary>The value, or the reason why there is none.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out ServiceError? error)
    {
        value = _value;
        error = Error;
        return error is null;
    }
}
