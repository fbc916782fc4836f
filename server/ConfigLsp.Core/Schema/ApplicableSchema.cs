namespace ConfigLsp.Core.Schema;

/// <summary>One schema that applies at one place of a document.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="IsCertain">
/// True if the schema applies whatever else the document comes to say or because the document decides so (a matching <c>if</c>, a branch of
/// <c>anyOf</c> or <c>oneOf</c> that fits); false if it is only a branch that may be meant.
/// </param>
public readonly record struct ApplicableSchema(SchemaNode Schema, bool IsCertain);
