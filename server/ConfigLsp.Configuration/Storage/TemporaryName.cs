using System.Diagnostics;
using System.Globalization;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Storage;

/// <summary>
/// Names of the files that become the new content: <c>.settings.json.configlsp-1234-0a1b2c3d.tmp</c>, with the number of the process.
/// </summary>
internal static class TemporaryName
{
    private const string Mark = ".configlsp-";
    private const string Suffix = ".tmp";

    // File systems allow 255 bytes in a name; the mark, the number, the random part and the suffix take less than 48.
    private const int MaxKept = 180;

    public static string Create(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(name)}{Environment.ProcessId}-{Random.Shared.GetHexString(8, lowercase: true)}{Suffix}");

    /// <summary>
    /// Removes what processes left behind that ended while they replaced this file. The caller holds the file's lock, so nothing of this process is
    /// in use either. That some cannot be removed is no reason not to write.
    /// </summary>
    public static void RemoveStale(WritableFolder folder, string name)
    {
        var prefix = PrefixOf(name);
        if (!folder.FindNames(prefix, Suffix).TryGet(out var names, out _))
        {
            return;
        }

        foreach (var found in names)
        {
            var process = found.AsSpan(prefix.Length, found.Length - prefix.Length - Suffix.Length);
            var dash = process.IndexOf('-');
            if (dash > 0 && int.TryParse(process[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !IsRunning(id))
            {
                folder.Delete(found);
            }
        }
    }

    private static string PrefixOf(string name)
    {
        var kept = name.AsSpan();
        while (System.Text.Encoding.UTF8.GetByteCount(kept) > MaxKept)
        {
            kept = kept[..^1];
        }

        return $".{kept}{Mark}";
    }

    private static bool IsRunning(int processId)
    {
        if (processId == Environment.ProcessId)
        {
            return false;
        }

        if (OperatingSystem.IsLinux())
        {
            return Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}"));
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return e is System.ComponentModel.Win32Exception;
        }
    }
}
