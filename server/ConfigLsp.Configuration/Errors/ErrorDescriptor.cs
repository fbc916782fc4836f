namespace ConfigLsp.Configuration.Errors;

/// <summary>One error that the service can answer with; all of them are in <see cref="ServiceErrors"/>.</summary>
/// <param name="Code">The number on the wire, from -33000 down; never re-used.</param>
/// <param name="Name">The name on the wire and in logs.</param>
/// <param name="Class">Its kind.</param>
/// <param name="IsRetryable">Whether the same request can succeed later without anybody changing it.</param>
/// <param name="Meaning">When it is given: one sentence for the documentation.</param>
/// <param name="Help">What a person should do: one sentence.</param>
public sealed record ErrorDescriptor(int Code, string Name, ErrorClass Class, bool IsRetryable, string Meaning, string Help);
