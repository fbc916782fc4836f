using System.Globalization;
using System.Text;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>The way from the root to the instance that is being explained. Kept while descending, so that no position in a large array is counted.</summary>
internal sealed class InstancePath
{
    private readonly List<(SyntaxNode Node, int Ordinal)> _segments = [];

    public void EnterProperty(SyntaxNode property) => _segments.Add((property, -1));

    public void EnterItem(SyntaxNode item, int ordinal) => _segments.Add((item, ordinal));

    public void Leave() => _segments.RemoveAt(_segments.Count - 1);

    /// <summary>The property whose value is the current instance, or no node.</summary>
    public SyntaxNode Property => _segments.Count > 0 && _segments[^1].Ordinal < 0 ? _segments[^1].Node : default;

    /// <summary>The path as a JSON Pointer.</summary>
    public string ToPointer()
    {
        var pointer = new StringBuilder();
        foreach (var (node, ordinal) in _segments)
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
