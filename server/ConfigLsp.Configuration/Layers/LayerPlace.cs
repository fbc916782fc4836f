using System.Collections.Immutable;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Layers;

/// <summary>Leads from a place in the document of a layer to the setting that stands there, and back; also in a text that is newer than the layer.</summary>
public static class LayerPlace
{
    /// <summary>The setting that a value belongs to; null where that is none. What lies within an array belongs to the array, which counts as a whole.</summary>
    /// <param name="layer">The layer whose document the value is in.</param>
    /// <param name="value">The value.</param>
    public static SettingKey? FindKey(Layer layer, SyntaxNode value)
    {
        var names = NamesOf(value);
        if (layer.Section is not { } section)
        {
            return names.IsEmpty ? null : Append(SettingKey.Root, names);
        }

        SettingKey? found = null;
        foreach (var entry in VsCodeSection.Enumerate(value.Tree, section))
        {
            if (names.Length >= entry.Path.Length && names.AsSpan()[..entry.Path.Length].SequenceEqual(entry.Path.AsSpan()))
            {
                found = Append(entry.Key, names[entry.Path.Length..]);
            }
        }

        return found;
    }

    /// <summary>The outermost settings of a document with the properties that set them, duplicates too, in the order of the document.</summary>
    /// <param name="layer">The layer that the document belongs to.</param>
    /// <param name="tree">The document.</param>
    public static IEnumerable<(SettingKey Key, SyntaxNode Property)> FindEntries(Layer layer, SyntaxTree tree)
    {
        if (layer.Section is { } section)
        {
            return VsCodeSection.Enumerate(tree, section).Select(static entry => (entry.Key, entry.Property));
        }

        return tree.Root.Kind == SyntaxKind.Object
            ? tree.Root.Children.ToArray().Select(static property => (SettingKey.Root.Append(property.GetString()), property))
            : [];
    }

    /// <summary>The property that sets a key, or the innermost one around it that is there; no node where there is none.</summary>
    /// <param name="layer">The layer that the document belongs to.</param>
    /// <param name="tree">The document.</param>
    /// <param name="key">The key.</param>
    public static SyntaxNode FindProperty(Layer layer, SyntaxTree tree, SettingKey key)
    {
        var names = layer.Section is { } section ? VsCodeSection.FindHolder(tree, section, key) ?? [] : key.Segments;
        SyntaxNode found = default;
        var at = tree.Root;
        foreach (var name in names)
        {
            SyntaxNode next = default;
            foreach (var property in at.Kind == SyntaxKind.Object ? at.Children.ToArray() : [])
            {
                next = property.GetString() == name ? property : next;
            }

            if (next.IsNone)
            {
                break;
            }

            (found, at) = (next, next.Value);
        }

        return found;
    }

    /// <summary>
    /// All places of a document that name a key: the properties that set it, duplicates too, and in a section also the dotted names that lead
    /// through it. In the order of the document.
    /// </summary>
    /// <param name="layer">The layer that the document belongs to.</param>
    /// <param name="tree">The document.</param>
    /// <param name="key">The key; not the root.</param>
    public static ImmutableArray<KeyMention> FindMentions(Layer layer, SyntaxTree tree, SettingKey key)
    {
        var found = ImmutableArray.CreateBuilder<KeyMention>();
        if (layer.Section is not { } section)
        {
            Descend(tree.Root, key.Segments.AsSpan(), found);
            return found.ToImmutable();
        }

        foreach (var entry in VsCodeSection.Enumerate(tree, section))
        {
            if (key.Contains(entry.Key))
            {
                found.Add(KeyMention.Of(entry, section, key.Segments.Length - 1));
            }
            else if (entry.Key.Contains(key))
            {
                Descend(entry.Property.Value, key.Segments.AsSpan()[entry.Key.Segments.Length..], found);
            }
        }

        return found.ToImmutable();
    }

    private static void Descend(SyntaxNode value, ReadOnlySpan<string> names, ImmutableArray<KeyMention>.Builder found)
    {
        if (value.Kind != SyntaxKind.Object)
        {
            return;
        }

        foreach (var property in value.Children)
        {
            if (property.GetString() != names[0])
            {
                continue;
            }

            if (names.Length == 1)
            {
                found.Add(KeyMention.Of(property));
            }
            else
            {
                Descend(property.Value, names[1..], found);
            }
        }
    }

    private static SettingKey Append(SettingKey key, ImmutableArray<string> names) => names.Aggregate(key, static (outer, name) => outer.Append(name));

    private static ImmutableArray<string> NamesOf(SyntaxNode value)
    {
        var names = new Stack<string>();
        for (var node = value; !node.IsNone; node = node.Parent)
        {
            switch (node.Kind)
            {
                case SyntaxKind.Array:
                    names.Clear();
                    break;
                case SyntaxKind.Property:
                    names.Push(node.GetString());
                    break;
            }
        }

        return [.. names];
    }
}
