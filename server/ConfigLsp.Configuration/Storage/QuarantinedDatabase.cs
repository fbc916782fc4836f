namespace ConfigLsp.Configuration.Storage;

/// <summary>A state database that was damaged and has been moved aside; a new one with a new store id took its place.</summary>
/// <param name="Path">Where it is now.</param>
/// <param name="Reason">What SQLite said.</param>
/// <param name="Time">When.</param>
public sealed record QuarantinedDatabase(string Path, string Reason, DateTimeOffset Time);
