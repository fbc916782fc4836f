using System.Collections.Immutable;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Layers;

/// <summary>The properties of a document that are settings, each with the way of names at which it counts.</summary>
/// <param name="Tree">The document.</param>
/// <param name="Properties">In the order in which they count: a later one wins over an earlier one. The ways are not empty.</param>
internal readonly record struct LayerEntries(SyntaxTree Tree, IEnumerable<(ImmutableArray<string> Names, SyntaxNode Property)> Properties)
{
    /// <summary>The properties of a VS Code settings file that belong to a section.</summary>
    public static LayerEntries OfSection(SyntaxTree tree, string section) =>
        new(tree, VsCodeSection.Enumerate(tree, section).Select(static e => (e.Key.Segments, e.Property)));

    /// <summary>All properties of the document's root object.</summary>
    public static LayerEntries Of(SyntaxTree tree) => new(
        tree,
        tree.Root.Kind == SyntaxKind.Object
            ? JsonRendering.LastOfEachName(tree.Root).Select(static p => (ImmutableArray.Create(p.GetString()), p))
            : []);
}
