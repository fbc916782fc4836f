using System.Globalization;

namespace ConfigLsp.Core.Editing;

/// <summary>One step of a path into a document: the name of a property, or the index of an array's element.</summary>
public readonly record struct PathSegment
{
    private readonly string? _key;

    /// <summary>A step to the property with this name; the empty name is a name.</summary>
    public PathSegment(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
    }

    /// <summary>A step to an element, counted from 0.</summary>
    public PathSegment(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Index = index;
    }

    /// <summary>Whether this is an index.</summary>
    public bool IsIndex => _key is null;

    /// <summary>The name.</summary>
    /// <exception cref="InvalidOperationException">The segment is an index.</exception>
    public string Key => _key ?? throw new InvalidOperationException("An index has no name.");

    /// <summary>The index; 0 for a name.</summary>
    public int Index { get; }

    public static implicit operator PathSegment(string key) => new(key);

    public static implicit operator PathSegment(int index) => new(index);

    /// <summary>The name or the index in decimal.</summary>
    public override string ToString() => _key ?? Index.ToString(CultureInfo.InvariantCulture);
}
