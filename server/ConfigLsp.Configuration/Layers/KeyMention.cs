using System.Text;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Layers;

/// <summary>A place where the name of a setting is written.</summary>
/// <param name="Property">The property.</param>
/// <param name="Name">The name without quotes: all of the property's name, or the segment of a dotted one.</param>
public readonly record struct KeyMention(SyntaxNode Property, TextSpan Name)
{
    /// <summary>What stands before the segment in a dotted name that is written with escapes, so that <see cref="Name"/> is all of it; else empty.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>What stands behind the segment, as <see cref="Prefix"/>.</summary>
    public string Suffix { get; init; } = string.Empty;

    /// <summary>The whole name of a property.</summary>
    internal static KeyMention Of(SyntaxNode property) => new(property, property.ContentSpan);

    /// <summary>One segment of an entry of a section.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="section">The section.</param>
    /// <param name="segment">The number of the segment of the entry's key.</param>
    internal static KeyMention Of(VsCodeEntry entry, string section, int segment)
    {
        // Within an object the name has no dots that part it.
        if (entry.Path.Length > 1)
        {
            return Of(entry.Property);
        }

        var segments = entry.Key.Segments;
        var before = section + "." + string.Concat(segments[..segment].Select(static s => s + "."));
        if (entry.Property.HasEscapes)
        {
            return Of(entry.Property) with { Prefix = before, Suffix = string.Concat(segments[(segment + 1)..].Select(static s => "." + s)) };
        }

        var start = entry.Property.ContentSpan.Start + Encoding.UTF8.GetByteCount(before);
        return new KeyMention(entry.Property, new TextSpan(start, Encoding.UTF8.GetByteCount(segments[segment])));
    }
}
