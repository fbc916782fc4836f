namespace ConfigLsp.Server.Logging;

/// <summary>How important a log entry is. The names on disk and in settings are these in lower case.</summary>
internal enum LogLevel
{
    Debug,
    Info,
    Warn,
    Error,
}
