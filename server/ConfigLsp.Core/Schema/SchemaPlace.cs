using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>A value of a document with the schemas that apply to it.</summary>
/// <param name="Node">The property, or the value where it is an item or stands at the top.</param>
/// <param name="Schemas">The schemas of the value, outer ones first. Not to be kept or changed.</param>
/// <param name="IsUnknownKey">Whether the schemas of the object around name keys, and none of them this one.</param>
public readonly record struct SchemaPlace(SyntaxNode Node, IReadOnlyList<ApplicableSchema> Schemas, bool IsUnknownKey)
{
    /// <summary>The value.</summary>
    public SyntaxNode Value => Node.Kind == SyntaxKind.Property ? Node.Value : Node;
}
