using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Editing;

/// <summary>What is to be inserted into an object or array.</summary>
/// <param name="Keys">
/// The names on the way to the value that do not exist yet. In an object the first one names the new property; any other makes an object of its own.
/// </param>
/// <param name="Value">The value.</param>
internal readonly record struct NewItem(ImmutableArray<string> Keys, SyntaxNode Value)
{
    /// <summary>The item's text, or null if it is too large for any document.</summary>
    public byte[]? Write(SyntaxNode container, ValueLayout layout) => ValueWriter.Write(Keys, container.Kind == SyntaxKind.Object, Value, layout);
}
