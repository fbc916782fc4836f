namespace ConfigLsp.Server.Cli.Terminal;

/// <summary>
/// One line on standard error that says how far a long run is; it appears after a second and is gone at the end. Results are written while
/// it is hidden, since both may go to the same terminal. Thread-safe.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly TextWriter _output;
    private readonly int _width;
    private readonly Func<string> _text;
    private readonly ITimer? _timer;
    private bool _shown;
    private bool _ended;

    /// <summary>Starts to count; nothing is written unless <paramref name="enabled"/>.</summary>
    /// <param name="output">Standard error.</param>
    /// <param name="enabled">Whether a line can be written over there.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="text">The line as of now, asked for ten times a second.</param>
    /// <param name="time">The clock.</param>
    public ProgressLine(TextWriter output, bool enabled, int width, Func<string> text, TimeProvider time)
    {
        _output = output;
        _width = width;
        _text = text;
        _timer = enabled ? time.CreateTimer(_ => Show(), null, Delay, Interval) : null;
    }

    /// <summary>Runs <paramref name="write"/> while the line is hidden; the next tick shows it again.</summary>
    public void WriteAround(Action write)
    {
        lock (_gate)
        {
            Hide();
            write();
        }
    }

    /// <summary>Clears the line for good.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            Hide();
        }

        _timer?.Dispose();
    }

    private void Show()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            var line = _text();
            _output.Write("\r\e[K" + (line.Length < _width ? line : line[..Math.Max(0, _width - 1)]));
            _output.Flush();
            _shown = true;
        }
    }

    private void Hide()
    {
        if (_shown)
        {
            _output.Write("\r\e[K");
            _output.Flush();
            _shown = false;
        }
    }
}
