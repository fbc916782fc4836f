using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace ConfigLsp.Server.Logging;

/// <summary>
/// The log of this process: JSON lines in a rolling file, and warnings and errors also to whoever listens (an editor). Entries carry scalars
/// only: no text of a document, no setting's value, no secret. The file is opened with the first entry, so that starting does not wait for it.
/// </summary>
internal sealed class ServerLog : IDisposable
{
    private readonly LogOptions _options;
    private readonly string _instanceId;
    private readonly TimeProvider _time;
    private readonly LoggingLevelSwitch _level;
    private readonly Lazy<Logger> _logger;
    private Action<LogLevel, string>? _listener;

    public ServerLog(LogOptions options, string instanceId, TimeProvider time)
    {
        _options = options;
        _instanceId = instanceId;
        _time = time;
        _level = new LoggingLevelSwitch(LogLevels.ToSerilog(options.Level));
        _logger = new Lazy<Logger>(Open, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>The folder that holds the log; null when none is written.</summary>
    public string? Folder => !_options.Enabled ? null : _options.File is { } file ? Path.GetDirectoryName(Path.GetFullPath(file)) : LogFolder.Find();

    /// <summary>Changes the least important level that is written.</summary>
    public void SetLevel(LogLevel level) => _level.MinimumLevel = LogLevels.ToSerilog(level);

    /// <summary>Sends warnings and errors there too. The listener is called on the thread that logs and must not wait.</summary>
    public void Listen(Action<LogLevel, string>? listener) => Volatile.Write(ref _listener, listener);

    public void Debug(string message, params ReadOnlySpan<(string Name, object Value)> context) => Write(LogLevel.Debug, message, context);

    public void Info(string message, params ReadOnlySpan<(string Name, object Value)> context) => Write(LogLevel.Info, message, context);

    public void Warn(string message, params ReadOnlySpan<(string Name, object Value)> context) => Write(LogLevel.Warn, message, context);

    public void Error(string message, params ReadOnlySpan<(string Name, object Value)> context) => Write(LogLevel.Error, message, context);

    /// <summary>Logs a bug: type and stack of the exception, not its message, which may quote a document.</summary>
    public void Failure(string message, Exception exception, string? requestId = null) => Write(
        LogLevel.Error,
        message,
        requestId is null
            ? [("exception", exception.GetType().FullName!), ("stack", exception.StackTrace ?? string.Empty)]
            : [(JsonLinesFormatter.RequestId, requestId), ("exception", exception.GetType().FullName!), ("stack", exception.StackTrace ?? string.Empty)]);

    public void Dispose()
    {
        if (_logger.IsValueCreated)
            _logger.Value.Dispose();
    }

    private void Write(LogLevel level, string message, ReadOnlySpan<(string Name, object Value)> context)
    {
        if (level >= LogLevel.Warn)
            Volatile.Read(ref _listener)?.Invoke(level, message);
        LogEventLevel serilogLevel = LogLevels.ToSerilog(level);
        if (!_options.Enabled || serilogLevel < _level.MinimumLevel)
            return;
        var properties = new LogEventProperty[context.Length];
        for (int i = 0; i < context.Length; i++)
            properties[i] = new LogEventProperty(context[i].Name, new ScalarValue(context[i].Value));
        // Built by hand: a message is not a template here, and nothing is taken apart by reflection.
        _logger.Value.Write(new LogEvent(
            _time.GetLocalNow(), serilogLevel, exception: null, new MessageTemplate(message, [new TextToken(message)]), properties));
    }

    private Logger Open()
    {
        LoggerConfiguration configuration = new LoggerConfiguration().MinimumLevel.ControlledBy(_level);
        if (PrepareFile() is not { } file)
            return configuration.CreateLogger();
        var formatter = new JsonLinesFormatter(_instanceId, _options.Service);
        return configuration.WriteTo.Async(
            sinks => sinks.File(
                formatter,
                file,
                fileSizeLimitBytes: _options.FileBytes,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: _options.Files)).CreateLogger();
    }

    /// <returns>Null when no file can be written, which is not a reason not to serve.</returns>
    private string? PrepareFile()
    {
        try
        {
            string? file = _options.File;
            if (file is not null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                return file;
            }

            if (LogFolder.Find() is not { } folder)
                return null;
            Directory.CreateDirectory(folder);
            LogFolder.RemoveOldFiles(folder);
            return Path.Combine(folder, $"configlsp-{_options.Service}-{_instanceId}.log");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
