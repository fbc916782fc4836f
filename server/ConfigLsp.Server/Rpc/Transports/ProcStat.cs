using System.Globalization;

namespace ConfigLsp.Server.Rpc.Transports;

/// <summary>Reads Linux' <c>/proc/PID/stat</c> (proc_pid_stat(5)).</summary>
internal static class ProcStat
{
    /// <summary>Whether this system has that file at all.</summary>
    public static bool IsReadable { get; } = File.Exists("/proc/self/stat");

    /// <summary>Clock ticks between boot and the start of the process; null when it does not run, is a zombie, or cannot be seen.</summary>
    public static ulong? StartTime(int processId)
    {
        if (!IsReadable)
            return null;
        try
        {
            return Parse(File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static ulong? Parse(string stat)
    {
        // Field 2 is the program's name in parentheses and may itself hold spaces and parentheses.
        int name = stat.LastIndexOf(')');
        if (name < 0)
            return null;
        string[] fields = stat[(name + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int State = 3 - 3;
        const int Start = 22 - 3;
        if (fields.Length <= Start || fields[State] is "Z" or "X")
            return null;
        return ulong.TryParse(fields[Start], NumberStyles.None, CultureInfo.InvariantCulture, out ulong ticks) ? ticks : null;
    }
}
