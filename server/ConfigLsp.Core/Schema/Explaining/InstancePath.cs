using System.Globalization;
using System.Text;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>The way from the root to the instance that is being explained. Kept while descending, so that no position in a large array is counted.</summary>
internal sealed class InstancePath
{
    private const int OfProperty = -1;
    private const int OfName = -2;

    private readonly List<(SyntaxNode Node, int Ordinal)> _segments = [];

    /// <summary>How many levels the instance is below the root.</summary>
    public int Depth => _segments.Count;

    public void EnterProperty(SyntaxNode property) => _segments.Add((property, OfProperty));

    /// <summary>Goes to the name of a property rather than to its value.</summary>
    public void EnterName(SyntaxNode property) => _segments.Add((property, OfName));

    public void EnterItem(SyntaxNode item, int ordinal) => _segments.Add((item, ordinal));

    public void Leave() => _segments.RemoveAt(_segments.Count - 1);

    /// <summary>The property whose value is the current instance, or no node.</summary>
    public SyntaxNode Property => _segments.Count > 0 && _segments[^1].Ordinal < 0 ? _segments[^1].Node : default;

    /// <summary>The property that is so many levels below the root on the way to the instance, or no node for an item.</summary>
    public SyntaxNode PropertyAt(int depth) => _segments[depth].Ordinal < 0 ? _segments[depth].Node : default;

    /// <summary>The path as a JSON Pointer.</summary>
    public string ToPointer() => ToPointer(Depth);

    /// <summary>The first part of the path as a JSON Pointer.</summary>
    public string ToPointer(int depth)
    {
        var pointer = new StringBuilder();
        foreach (var (node, ordinal) in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_segments)[..depth])
        {
            pointer.Append('/');
            if (ordinal < 0)
            {
                pointer.Append(JsonPointer.Escape(node.GetString()));
            }
            else
            {
                pointer.Append(ordinal.ToString(CultureInfo.InvariantCulture));
            }
        }

        return pointer.ToString();
    }

    /// <summary>How messages call the instance: its key, its key with positions (<c>channels[2]</c>), or the document.</summary>
    public string ToName()
    {
        if (_segments.Count == 0)
        {
            return "The document";
        }

        var first = _segments.Count - 1;
        while (first > 0 && _segments[first].Ordinal >= 0)
        {
            first--;
        }

        if (_segments[^1] is { Ordinal: OfName, Node: var named })
        {
            return $"The key {ValueText.Key(named.GetString())}";
        }

        if (first == _segments.Count - 1 && _segments[first].Ordinal < 0)
        {
            return ValueText.Key(_segments[first].Node.GetString());
        }

        var name = new StringBuilder("`");
        foreach (var (node, ordinal) in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_segments)[first..])
        {
            if (ordinal < 0)
            {
                name.Append(ValueText.Shorten(node.GetString()));
            }
            else
            {
                name.Append(CultureInfo.InvariantCulture, $"[{ordinal}]");
            }
        }

        return name.Append('`').ToString();
    }
}
