using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Core.Schema;

namespace ConfigLsp.Configuration.Sources;

/// <summary>
/// Turns the name of an environment variable, without its prefix, into a key: <c>__</c> parts levels; within a level the schema's own name is
/// taken that consists of the same letters and digits in any case, so that <c>MAX_AGENTS</c> is <c>maxAgents</c>, <c>max-agents</c> and
/// <c>max_agents</c>. Where the schema has no such name but permits others, the name becomes <c>maxAgents</c>.
/// </summary>
internal static class VariableName
{
    /// <summary>The key; null if the schema has none for the name and permits no other.</summary>
    public static SchemaKey? Find(JsonSchema schema, ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > SettingKey.MaxBytes)
        {
            return null;
        }

        var levels = name.ToString().Split("__", SettingKey.MaxSegments + 1);
        var key = SchemaKeys.Find(schema, []);
        var segments = ImmutableArray.CreateBuilder<string>(levels.Length);
        foreach (var level in levels)
        {
            var normalized = Normalize(level);
            if (normalized.Length == 0)
            {
                return null;
            }

            segments.Add(FindName(key.Names, level, normalized) ?? ToCamelCase(level));
            key = SchemaKeys.Find(schema, segments);
            if (key.State == KeyState.Closed)
            {
                return null;
            }
        }

        return SettingKey.TryCreate(segments.ToImmutable(), out _, out _) ? key : null;
    }

    private static string? FindName(ImmutableArray<string> names, string level, string normalized)
    {
        string? found = null;
        foreach (var name in names)
        {
            if (name == level)
            {
                return name;
            }

            found ??= Normalize(name) == normalized ? name : null;
        }

        return found;
    }

    private static string Normalize(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is not ('_' or '-' or '.'))
            {
                text.Append(char.ToUpperInvariant(c));
            }
        }

        return text.ToString();
    }

    /// <summary>A name in which small letters stand is somebody's own spelling, and is kept but for its underscores.</summary>
    private static string ToCamelCase(string level)
    {
        var isOwn = level.Any(char.IsLower);
        var text = new StringBuilder(level.Length);
        foreach (var word in level.Split('_', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = isOwn ? word[1..] : word[1..].ToLowerInvariant();
            text.Append(text.Length > 0 ? char.ToUpperInvariant(word[0]) : isOwn ? word[0] : char.ToLowerInvariant(word[0])).Append(rest);
        }

        return text.ToString();
    }
}
