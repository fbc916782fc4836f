using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Links;

/// <summary>Follows JSON Pointers (RFC 6901) in one document. What it has gone through once it finds at once, so that many pointers take linear time.</summary>
internal sealed class PointerIndex(SyntaxTree tree)
{
    private readonly Dictionary<int, Dictionary<string, SyntaxNode>> _members = [];
    private readonly Dictionary<int, SyntaxNode[]> _items = [];

    /// <summary>The value at the pointer, or no node.</summary>
    public SyntaxNode Find(string pointer)
    {
        var node = tree.Root;
        if (pointer.Length == 0 || node.IsNone)
        {
            return node;
        }

        if (pointer[0] != '/')
        {
            return default;
        }

        foreach (var segment in pointer[1..].Split('/'))
        {
            node = Enter(node, JsonPointer.Unescape(segment));
            if (node.IsNone)
            {
                return default;
            }
        }

        return node;
    }

    private SyntaxNode Enter(SyntaxNode node, string segment)
    {
        if (node.Kind == SyntaxKind.Array)
        {
            if (!_items.TryGetValue(node.Index, out var items))
            {
                _items.Add(node.Index, items = node.Children.ToArray());
            }

            var isIndex = segment.Length is > 0 and < 10 && segment.All(char.IsAsciiDigit) && (segment[0] != '0' || segment.Length == 1);
            return isIndex && int.Parse(segment, System.Globalization.CultureInfo.InvariantCulture) is var index && index < items.Length ? items[index] : default;
        }

        if (node.Kind != SyntaxKind.Object)
        {
            return default;
        }

        if (!_members.TryGetValue(node.Index, out var members))
        {
            members = new Dictionary<string, SyntaxNode>(StringComparer.Ordinal);
            foreach (var property in node.Children)
            {
                members[property.GetString()] = property.Value;
            }

            _members.Add(node.Index, members);
        }

        return members.GetValueOrDefault(segment);
    }
}
