using System.Globalization;

namespace ConfigLsp.Core.Features;

/// <summary>Numbers with a unit (the schema keyword <c>x-unit</c>) as people say them: <c>90000</c> in <c>ms</c> is 1 min 30 s.</summary>
internal static class HumanUnits
{
    private static readonly (string Name, long Milliseconds)[] Durations =
    [
        ("d", 86_400_000),
        ("h", 3_600_000),
        ("min", 60_000),
        ("s", 1_000),
        ("ms", 1),
    ];

    /// <summary>The value in larger units, or null where that says nothing new or the unit is unknown.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="unit">A unit of time: ms, s, min, h or d.</param>
    public static string? Format(decimal value, string unit)
    {
        var scale = Array.Find(Durations, duration => duration.Name == unit).Milliseconds;
        if (scale == 0 || value <= 0 || value > long.MaxValue / scale)
        {
            return null;
        }

        var rest = (long)(value * scale);
        var parts = new List<string>();
        foreach (var (name, milliseconds) in Durations)
        {
            var count = rest / milliseconds;
            rest %= milliseconds;
            if (count > 0)
            {
                parts.Add(count.ToString(CultureInfo.InvariantCulture) + " " + name);
            }
        }

        return parts.Count == 0 || (parts.Count == 1 && parts[0].EndsWith(" " + unit, StringComparison.Ordinal)) ? null : string.Join(' ', parts);
    }
}
