using System.Collections.Immutable;

namespace ConfigLsp.Core.Schema.Output;

/// <summary>What <see cref="SchemaEvaluator.CollectOutput"/> found.</summary>
/// <param name="IsValid">Whether the document fits its schema.</param>
/// <param name="Units">The failures of a document that does not fit, in the order of evaluation, or the annotations of one that does.</param>
/// <param name="IsComplete">False where a limit of the evaluation, or the one of 100,000 units, cut the output short.</param>
public sealed record SchemaOutput(bool IsValid, ImmutableArray<OutputUnit> Units, bool IsComplete);

/// <summary>One failure or one annotation (2020-12 Core, section 12.3).</summary>
/// <param name="InstanceLocation">JSON Pointer of the value in the document.</param>
/// <param name="KeywordLocation">JSON Pointer of the way from the root schema to the keyword, with the references on it.</param>
/// <param name="Schema">The schema that has the keyword.</param>
/// <param name="Keyword">The keyword; empty where the schema as a whole fails.</param>
/// <param name="AbsoluteKeywordLocation">URI of the keyword without the references; null in a schema made up by the program.</param>
public sealed record OutputUnit(string InstanceLocation, string KeywordLocation, SchemaNode Schema, string Keyword, string? AbsoluteKeywordLocation)
{
    /// <summary>What is wrong, for people; null for an annotation.</summary>
    public string? Error { get; init; }

    /// <summary>The annotation as JSON; null for a failure.</summary>
    public string? Annotation { get; init; }
}
