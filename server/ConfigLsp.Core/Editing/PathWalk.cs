using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Editing;

/// <summary>Follows a path into a document as far as it goes, and looks whether the document is sound along the way.</summary>
internal sealed class PathWalk
{
    private PathWalk(SyntaxNode root)
    {
        Node = root;
    }

    /// <summary>The value where the walk ended; no node in a document without a value.</summary>
    public SyntaxNode Node { get; private set; }

    /// <summary>How many segments lead to <see cref="Node"/>.</summary>
    public int Depth { get; private set; }

    /// <summary>The property or element that holds <see cref="Node"/>; no node for the top-level value.</summary>
    public SyntaxNode Item { get; private set; }

    /// <summary>The positions among their siblings of all properties with the last name, or of the element.</summary>
    public ImmutableArray<int> Occurrences { get; private set; } = [];

    /// <summary>Why the walk cannot be trusted.</summary>
    public EditResult.Refused? Refusal { get; private set; }

    public static PathWalk Follow(SyntaxTree tree, ImmutableArray<PathSegment> path)
    {
        var walk = new PathWalk(tree.Root) { Refusal = Soundness.CheckErrorCount(tree) };
        if (!walk.Node.IsNone)
        {
            walk.Refusal ??= Soundness.CheckValue(walk.Node);
        }

        while (walk.Refusal is null && walk.Depth < path.Length && walk.TryStep(path[walk.Depth]))
        {
            walk.Depth++;
        }

        return walk;
    }

    private bool TryStep(PathSegment segment)
    {
        if (Node.Kind != (segment.IsIndex ? SyntaxKind.Array : SyntaxKind.Object))
        {
            return false;
        }

        Refusal = Soundness.CheckClosed(Node);
        if (Refusal is not null || !(segment.IsIndex ? TryFindElement(segment.Index) : TryFindProperty(segment.Key)))
        {
            return false;
        }

        Node = Item.Kind == SyntaxKind.Property ? Item.Value : Item;
        Refusal = Item.Kind == SyntaxKind.Property ? Soundness.CheckProperty(Item) : Soundness.CheckValue(Item);
        return Refusal is null;
    }

    private bool TryFindElement(int index)
    {
        if (index >= Node.ChildCount)
        {
            return false;
        }

        var left = index;
        foreach (var element in Node.Children)
        {
            if (left-- == 0)
            {
                Item = element;
                break;
            }
        }

        Occurrences = [index];
        return true;
    }

    private bool TryFindProperty(string key)
    {
        var name = JsonText.ToUtf8(key);
        var found = ImmutableArray.CreateBuilder<int>();
        var position = 0;
        foreach (var property in Node.Children)
        {
            if (!property.NameSpan.IsEmpty && property.ContentEquals(name))
            {
                found.Add(position);
                Item = property;
            }

            position++;
        }

        if (found.Count == 0)
        {
            return false;
        }

        Occurrences = found.DrainToImmutable();
        return true;
    }
}
