namespace ConfigLsp.Configuration.Errors;

/// <summary>What kind of trouble an error is, so that a client can act without knowing every code.</summary>
public enum ErrorClass
{
    /// <summary>The request itself is wrong: a key, a value, a limit.</summary>
    Validation,

    /// <summary>A file, a source or the workspace is not as it must be.</summary>
    Configuration,

    /// <summary>Somebody else was first.</summary>
    Conflict,

    /// <summary>Something took too long.</summary>
    Timeout,

    /// <summary>The source is left alone for a while.</summary>
    Circuit,

    /// <summary>The disk or the permissions on it.</summary>
    Storage,

    /// <summary>The service itself.</summary>
    Internal,
}
