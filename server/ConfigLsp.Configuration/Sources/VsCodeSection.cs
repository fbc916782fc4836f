using System.Collections.Immutable;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Sources;

/// <summary>
/// The entries of a VS Code settings file that belong to a section, as VS Code itself reads them: <c>"nofx.maxAgents": 5</c> is the key
/// <c>maxAgents</c> of the section <c>nofx</c>, <c>"nofx.agent": {"max": 1}</c> holds <c>agent.max</c>, and <c>"nofx": {"maxAgents": 5}</c> says
/// the same as the first. Dots part a name at the top of the file only. A later entry wins over an earlier one.
/// </summary>
public static class VsCodeSection
{
    /// <summary>The entries of the section, in the order of the file.</summary>
    /// <param name="tree">The settings file.</param>
    /// <param name="section">The section, without its final dot; it may hold dots.</param>
    public static IEnumerable<VsCodeEntry> Enumerate(SyntaxTree tree, string section)
    {
        if (tree.Root.Kind != SyntaxKind.Object)
        {
            yield break;
        }

        foreach (var property in tree.Root.Children.ToArray())
        {
            var name = property.GetString();
            if (name.Length > section.Length + 1 && name[section.Length] == '.' && name.StartsWith(section, StringComparison.Ordinal))
            {
                if (SettingKey.TryParse(name[(section.Length + 1)..], out var key, out _))
                {
                    yield return new VsCodeEntry(key, property, [name]);
                }
            }
            else if (name == section || (section.Length > name.Length && section[name.Length] == '.' && section.StartsWith(name, StringComparison.Ordinal)))
            {
                string[] around = name == section ? [] : section[(name.Length + 1)..].Split('.');
                foreach (var entry in FindWithin(property, around, [name]))
                {
                    yield return entry;
                }
            }
        }
    }

    /// <summary>The entry that holds the value of a key, which is the last one; null if none does.</summary>
    /// <returns>Its path of literal names from the top of the file.</returns>
    public static ImmutableArray<string>? FindHolder(SyntaxTree tree, string section, SettingKey key)
    {
        ImmutableArray<string>? holder = null;
        foreach (var entry in Enumerate(tree, section))
        {
            holder = entry.Key.Contains(key) && Descend(entry, key) is { } path ? path : holder;
        }

        return holder;
    }

    /// <summary>
    /// The path of literal names at which an update must write a key: where the value stands now, else in the object of an entry around it, else
    /// in an entry of its own at the top of the file.
    /// </summary>
    public static ImmutableArray<string> GetWritePath(SyntaxTree tree, string section, SettingKey key)
    {
        if (FindHolder(tree, section, key) is { } holder)
        {
            return holder;
        }

        // The dotted name would be overruled by an object around it that stands further down, and would part what belongs together.
        VsCodeEntry? around = null;
        foreach (var entry in Enumerate(tree, section))
        {
            if (entry.Key.Contains(key) && !entry.Key.Equals(key) && entry.Property.Value.Kind == SyntaxKind.Object)
            {
                around = entry;
            }
        }

        return around is { } found ? [.. found.Path, .. key.Segments[found.Key.Segments.Length..]] : [$"{section}.{key}"];
    }

    /// <summary>All places that set the key or something within it, in the order of the file: what must go when the key is unset.</summary>
    /// <returns>Paths of literal names from the top of the file.</returns>
    public static ImmutableArray<ImmutableArray<string>> FindAll(SyntaxTree tree, string section, SettingKey key)
    {
        var found = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        foreach (var entry in Enumerate(tree, section))
        {
            if (key.Contains(entry.Key))
            {
                found.Add(entry.Path);
            }
            else if (entry.Key.Contains(key) && Descend(entry, key) is { } path)
            {
                found.Add(path);
            }
        }

        return found.ToImmutable();
    }

    private static IEnumerable<VsCodeEntry> FindWithin(SyntaxNode property, string[] around, ImmutableArray<string> path)
    {
        var value = property.Value;
        foreach (var name in around)
        {
            SyntaxNode next = default;
            foreach (var member in value.Kind == SyntaxKind.Object ? value.Children.ToArray() : [])
            {
                next = member.GetString() == name ? member.Value : next;
            }

            (value, path) = (next, path.Add(name));
        }

        if (value.Kind != SyntaxKind.Object)
        {
            yield break;
        }

        foreach (var member in value.Children.ToArray())
        {
            var name = member.GetString();
            if (SettingKey.TryCreate([name], out var key, out _))
            {
                yield return new VsCodeEntry(key, member, path.Add(name));
            }
        }
    }

    /// <summary>The path of a key that lies within the value of an entry; null if it is not there.</summary>
    private static ImmutableArray<string>? Descend(VsCodeEntry entry, SettingKey key)
    {
        var value = entry.Property.Value;
        var path = entry.Path;
        foreach (var name in key.Segments[entry.Key.Segments.Length..])
        {
            if (!value.TryGetProperty(System.Text.Encoding.UTF8.GetBytes(name), out var within))
            {
                return null;
            }

            (value, path) = (within, path.Add(name));
        }

        return path;
    }
}

/// <summary>One entry of a section.</summary>
/// <param name="Key">The key that it sets; an object as value sets what is within it.</param>
/// <param name="Property">The entry in the file.</param>
/// <param name="Path">Its path of literal names from the top of the file.</param>
public readonly record struct VsCodeEntry(SettingKey Key, SyntaxNode Property, ImmutableArray<string> Path);
