using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Layers;

/// <summary>
/// One setting of a layer or of the merged view: an object with named settings in it, or a value. Arrays are values: they replace as a whole.
/// Immutable; parts that several views have in common are shared.
/// </summary>
public sealed class SettingNode
{
    /// <summary>An object without members, which comes from nowhere.</summary>
    public static readonly SettingNode Empty = new([], default, default);

    // Beyond this many members a dictionary is faster than looking at each.
    private const int MaxScanned = 8;

    private readonly Dictionary<string, int>? _positions;

    private SettingNode(ImmutableArray<SettingMember> members, SyntaxNode value, SettingOrigin origin)
    {
        Members = members;
        Value = value;
        Origin = origin;
        if (members.Length > MaxScanned)
        {
            _positions = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
            for (var i = 0; i < members.Length; i++)
            {
                _positions.Add(members[i].Name, i);
            }
        }
    }

    /// <summary>The members of an object, each name once; empty for a value.</summary>
    public ImmutableArray<SettingMember> Members { get; }

    /// <summary>The value; no node for an object.</summary>
    public SyntaxNode Value { get; }

    /// <summary>Where it was set; of an object that several layers contribute to, in the highest of them.</summary>
    public SettingOrigin Origin { get; }

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Value.IsNone;

    /// <summary>Makes an object; the names must differ.</summary>
    public static SettingNode Object(ImmutableArray<SettingMember> members, SettingOrigin origin) => new(members, default, origin);

    /// <summary>Makes a value.</summary>
    public static SettingNode Leaf(SyntaxNode value, SettingOrigin origin) => new([], value, origin);

    /// <summary>The member with a name, or null.</summary>
    public SettingNode? Find(string name)
    {
        if (_positions is not null)
        {
            return _positions.TryGetValue(name, out var position) ? Members[position].Node : null;
        }

        foreach (var member in Members)
        {
            if (string.Equals(member.Name, name, StringComparison.Ordinal))
            {
                return member.Node;
            }
        }

        return null;
    }

    /// <summary>The setting at the end of a way of names, or null.</summary>
    public SettingNode? Find(ImmutableArray<string> segments)
    {
        var node = this;
        foreach (var segment in segments)
        {
            node = node.Find(segment);
            if (node is null)
            {
                return null;
            }
        }

        return node;
    }
}

/// <summary>A named setting in an object.</summary>
public readonly record struct SettingMember(string Name, SettingNode Node);

/// <summary>Where a setting comes from.</summary>
/// <param name="Layer">The number of the layer; 0 is the weakest.</param>
/// <param name="Tree">The document in which the spans lie; null where it comes from nowhere.</param>
/// <param name="Name">The name of the property; empty for a whole document.</param>
/// <param name="Span">The value as it is written there, also where another value is read from it.</param>
public readonly record struct SettingOrigin(int Layer, SyntaxTree? Tree, TextSpan Name, TextSpan Span);
