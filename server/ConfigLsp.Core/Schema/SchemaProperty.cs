namespace ConfigLsp.Core.Schema;

/// <summary>One key that a schema knows.</summary>
/// <param name="Name">The key.</param>
/// <param name="Schema">The schema of its value; null if the key is only required.</param>
/// <param name="IsRequired">Whether <c>required</c> names it.</param>
public readonly record struct SchemaProperty(string Name, SchemaNode? Schema, bool IsRequired);

/// <summary>The keys that a pattern describes.</summary>
/// <param name="Pattern">The regular expression as it is written.</param>
/// <param name="Schema">The schema of the values.</param>
public readonly record struct SchemaPatternProperty(string Pattern, SchemaNode Schema);
