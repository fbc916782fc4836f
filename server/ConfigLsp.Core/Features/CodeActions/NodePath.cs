using System.Collections.Immutable;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>Paths for <see cref="SettingsEditor"/>.</summary>
internal static class NodePath
{
    /// <summary>The path of a value or property.</summary>
    public static ImmutableArray<PathSegment> Of(SyntaxNode node)
    {
        var segments = new List<PathSegment>();
        for (; node.Kind is not (SyntaxKind.Document or SyntaxKind.None); node = node.Parent)
        {
            if (node.Kind == SyntaxKind.Property)
            {
                segments.Add(node.GetString());
            }
            else if (node.Parent.Kind == SyntaxKind.Array)
            {
                segments.Add(OrdinalOf(node));
            }
        }

        segments.Reverse();
        return [.. segments];
    }

    /// <summary>The path that a JSON Pointer names in a document; what is not there yet counts as keys.</summary>
    public static ImmutableArray<PathSegment> Of(SyntaxNode root, string pointer)
    {
        var segments = ImmutableArray.CreateBuilder<PathSegment>();
        var node = root;
        foreach (var token in pointer.Length == 0 ? [] : pointer[1..].Split('/'))
        {
            var isIndex = node.Kind == SyntaxKind.Array && int.TryParse(token, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _);
            segments.Add(isIndex ? int.Parse(token, System.Globalization.CultureInfo.InvariantCulture) : new PathSegment(JsonPointer.Unescape(token)));
            node = node.IsNone ? default : JsonPointer.Find(node, "/" + token);
        }

        return segments.DrainToImmutable();
    }

    /// <summary>The position of an item among its siblings.</summary>
    public static int OrdinalOf(SyntaxNode item)
    {
        var ordinal = 0;
        foreach (var sibling in item.Parent.Children)
        {
            if (sibling.Index == item.Index)
            {
                break;
            }

            ordinal++;
        }

        return ordinal;
    }
}
