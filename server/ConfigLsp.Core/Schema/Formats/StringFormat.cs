using System.Collections.Frozen;

namespace ConfigLsp.Core.Schema.Formats;

/// <summary>Checks a string given as UTF-8 with escapes resolved.</summary>
internal delegate bool FormatCheck(ReadOnlySpan<byte> utf8);

/// <summary>One value of the keyword <c>format</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What a string must be, with an article, for messages.</param>
/// <param name="Example">A valid string.</param>
/// <param name="Check">The check.</param>
/// <param name="IsOwn">Whether the format is ConfigLsp's own and therefore checked in every dialect.</param>
internal sealed record StringFormat(string Name, string Description, string Example, FormatCheck Check, bool IsOwn = false)
{
    private static readonly FrozenDictionary<string, StringFormat> ByName = new StringFormat[]
    {
        new("ipv4", "an IPv4 address", "192.0.2.1", NetworkFormats.IsIPv4),
        new(SafePathFormat.Name, "a safe path", "tools/ai", SafePathFormat.IsSafe, IsOwn: true),
    }.ToFrozenDictionary(static f => f.Name, StringComparer.Ordinal);

    /// <summary>All names that are checked.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The format, or null if it is unknown.</summary>
    public static StringFormat? Find(string name) => ByName.GetValueOrDefault(name);
}
