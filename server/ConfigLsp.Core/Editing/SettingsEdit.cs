using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Editing;

/// <summary>One change that a program asks for. The empty path is the document's top-level value.</summary>
/// <param name="Path">
/// Where, at most <see cref="MaxPathLength"/> segments. A key steps into an object (into the last of duplicated properties, the one that
/// counts), an index into an array; neither stands for the other.
/// </param>
public abstract record SettingsEdit(ImmutableArray<PathSegment> Path)
{
    /// <summary>The longest path.</summary>
    public const int MaxPathLength = 128;

    /// <summary>
    /// Gives a property or an existing element a value. Missing objects on the way are created; a value of another kind in the way is refused.
    /// </summary>
    /// <param name="Path">The property, or the element, which must exist.</param>
    /// <param name="Json">Exactly one value of strict JSON (RFC 8259) in UTF-8, nested at most 128 deep, without duplicated names.</param>
    public sealed record Set(ImmutableArray<PathSegment> Path, ReadOnlyMemory<byte> Json) : SettingsEdit(Path)
    {
        public Set(ImmutableArray<PathSegment> path, string json)
            : this(path, Encoding.UTF8.GetBytes(json))
        {
        }
    }

    /// <summary>
    /// Removes a property or an element with the comments and the comma that belong to it. All occurrences of a duplicated name go: else an
    /// earlier one would come back to life. Parents stay, also empty ones. An absent property is no change; an absent element is refused.
    /// </summary>
    public sealed record Unset(ImmutableArray<PathSegment> Path) : SettingsEdit(Path);

    /// <summary>Adds an element to an array that exists.</summary>
    /// <param name="Path">The array.</param>
    /// <param name="Index">The index that the element will have; null for the end.</param>
    /// <param name="Json">As in <see cref="Set"/>.</param>
    public sealed record Insert(ImmutableArray<PathSegment> Path, int? Index, ReadOnlyMemory<byte> Json) : SettingsEdit(Path)
    {
        public Insert(ImmutableArray<PathSegment> path, int? index, string json)
            : this(path, index, Encoding.UTF8.GetBytes(json))
        {
        }
    }

    /// <summary>The first <paramref name="length"/> segments as a JSON Pointer, for messages.</summary>
    internal string Pointer(int length)
    {
        if (length == 0)
        {
            return "the top-level value";
        }

        var pointer = new StringBuilder("`");
        foreach (var segment in Path.AsSpan()[..length])
        {
            pointer.Append('/').Append(JsonPointer.Escape(segment.ToString()));
        }

        return pointer.Append('`').ToString();
    }
}
