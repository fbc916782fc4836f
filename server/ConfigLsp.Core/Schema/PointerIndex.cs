using System.Globalization;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Follows JSON Pointers (RFC 6901) into the documents of one compilation. Remembers the members of large containers, so that many references
/// into one long list of definitions do not each search it.
/// </summary>
internal sealed class PointerIndex
{
    private const int RememberedFrom = 16;

    private readonly Dictionary<SyntaxNode, Dictionary<string, SyntaxNode>> _members = [];
    private readonly Dictionary<SyntaxNode, SyntaxNode[]> _elements = [];

    /// <summary>The value at a pointer below <paramref name="node"/>, or no node.</summary>
    public SyntaxNode Find(SyntaxNode node, string pointer)
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
            node = Step(node, JsonPointer.Unescape(segment));
            if (node.IsNone)
            {
                break;
            }
        }

        return node;
    }

    private SyntaxNode Step(SyntaxNode node, string name)
    {
        if (node.ChildCount < RememberedFrom || node.Kind is not (SyntaxKind.Object or SyntaxKind.Array))
        {
            return JsonPointer.Find(node, "/" + JsonPointer.Escape(name));
        }

        return node.Kind == SyntaxKind.Object ? Member(node, name) : Element(node, name);
    }

    private SyntaxNode Member(SyntaxNode node, string name)
    {
        if (!_members.TryGetValue(node, out var members))
        {
            _members[node] = members = new Dictionary<string, SyntaxNode>(node.ChildCount, StringComparer.Ordinal);
            foreach (var property in node.Children)
            {
                members[property.GetString()] = property.Value;
            }
        }

        return members.GetValueOrDefault(name);
    }

    private SyntaxNode Element(SyntaxNode node, string name)
    {
        // RFC 6901 section 4: an array index has no leading zero.
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || (name.Length > 1 && name[0] == '0') || index >= node.ChildCount)
        {
            return default;
        }

        if (!_elements.TryGetValue(node, out var elements))
        {
            _elements[node] = elements = [.. node.Children.ToArray()];
        }

        return elements[index];
    }
}
