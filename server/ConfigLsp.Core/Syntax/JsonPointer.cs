using System.Globalization;
using System.Text;

namespace ConfigLsp.Core.Syntax;

/// <summary>JSON Pointers (RFC 6901): the place of a node, and the node at a place.</summary>
public static class JsonPointer
{
    /// <summary>The pointer of a node in its document; empty for the root.</summary>
    public static string Of(SyntaxNode node) => Of(node, IndexOf);

    /// <summary>The pointer of a node in its document, for those who know the positions of items without counting.</summary>
    internal static string Of(SyntaxNode node, Func<SyntaxNode, int> ordinalOf)
    {
        var segments = new List<string>();
        for (; node.Kind is not (SyntaxKind.Document or SyntaxKind.None); node = node.Parent)
        {
            if (node.Kind == SyntaxKind.Property)
            {
                segments.Add(Escape(node.GetString()));
            }
            else if (node.Parent.Kind == SyntaxKind.Array)
            {
                segments.Add(ordinalOf(node).ToString(CultureInfo.InvariantCulture));
            }
        }

        var pointer = new StringBuilder();
        for (var i = segments.Count - 1; i >= 0; i--)
        {
            pointer.Append('/').Append(segments[i]);
        }

        return pointer.ToString();
    }

    /// <summary>The value at a pointer below <paramref name="node"/>, or no node.</summary>
    public static SyntaxNode Find(SyntaxNode node, string pointer)
    {
        if (pointer.Length == 0)
        {
            return node;
        }

        if (pointer[0] != '/')
        {
            return default;
        }

        foreach (var segment in pointer[1..].Split('/'))
        {
            node = Step(node, Unescape(segment));
            if (node.IsNone)
            {
                break;
            }
        }

        return node;
    }

    /// <summary>Escapes a name for use as a reference token.</summary>
    public static string Escape(string name) =>
        name.AsSpan().ContainsAny('~', '/') ? name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal) : name;

    /// <summary>The name that a reference token stands for.</summary>
    public static string Unescape(string token) =>
        token.Contains('~', StringComparison.Ordinal) ? token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal) : token;

    private static SyntaxNode Step(SyntaxNode node, string name)
    {
        if (node.Kind == SyntaxKind.Object)
        {
            return node.TryGetProperty(Encoding.UTF8.GetBytes(name), out var value) ? value : default;
        }

        // RFC 6901 section 4: an array index has no leading zero.
        if (node.Kind != SyntaxKind.Array || !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || (name.Length > 1 && name[0] == '0'))
        {
            return default;
        }

        foreach (var element in node.Children)
        {
            if (index-- == 0)
            {
                return element;
            }
        }

        return default;
    }

    private static int IndexOf(SyntaxNode element)
    {
        var index = 0;
        foreach (var sibling in element.Parent.Children)
        {
            if (sibling.Index == element.Index)
            {
                break;
            }

            index++;
        }

        return index;
    }
}
