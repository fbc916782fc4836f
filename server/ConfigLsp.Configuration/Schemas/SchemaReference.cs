using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>Names a schema and, where it was written in place, holds it.</summary>
/// <param name="Uri">The absolute URI, perhaps with a fragment. An inline schema has one too, which nobody else uses.</param>
/// <param name="Inline">The schema itself, or null where it must be read from <paramref name="Uri"/>.</param>
public sealed record SchemaReference(string Uri, SyntaxTree? Inline = null);
