using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Service;

/// <summary>A place in the file of a source, for people and editors.</summary>
/// <param name="File">The absolute path of the file.</param>
/// <param name="Start">Where it starts: line and UTF-16 column, counted from 0.</param>
/// <param name="End">Where it ends.</param>
public sealed record SettingPlace(string File, LinePosition Start, LinePosition End)
{
    /// <summary>Where a setting is written; null where that is in no file.</summary>
    public static SettingPlace? Of(SettingOrigin origin, Layer layer)
    {
        if (origin.Tree is not { } tree || layer.Content is not { FilePath: { } file } content || !ReferenceEquals(content.Tree, tree))
        {
            return null;
        }

        var lines = tree.Text.Lines;
        var span = origin.Name.IsEmpty ? origin.Span : TextSpan.FromBounds(origin.Name.Start, Math.Max(origin.Name.End, origin.Span.End));
        return new SettingPlace(file, lines.GetPosition(span.Start, PositionEncoding.Utf16), lines.GetPosition(span.End, PositionEncoding.Utf16));
    }
}
