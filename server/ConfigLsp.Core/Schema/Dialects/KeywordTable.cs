namespace ConfigLsp.Core.Schema.Dialects;

/// <summary>The keywords of every draft: since when, until when, in which vocabulary, and where their subschemas stand.</summary>
internal static class KeywordTable
{
    private const DraftVersion First = DraftVersion.Draft04;
    private const DraftVersion Last = DraftVersion.Draft202012;

    public static readonly Dictionary<string, KeywordEntry> Entries = new(StringComparer.Ordinal)
    {
        ["$ref"] = new(First, Last, Vocabularies.Core),
        ["$recursiveRef"] = new(DraftVersion.Draft201909, DraftVersion.Draft201909, Vocabularies.Core),
        ["$dynamicRef"] = new(DraftVersion.Draft202012, Last, Vocabularies.Core),
        ["definitions"] = new(First, Last, Vocabularies.Core, SubschemaShape.Map),
        ["$defs"] = new(DraftVersion.Draft201909, Last, Vocabularies.Core, SubschemaShape.Map),

        ["allOf"] = new(First, Last, Vocabularies.Applicator, SubschemaShape.Array),
        ["anyOf"] = new(First, Last, Vocabularies.Applicator, SubschemaShape.Array),
        ["oneOf"] = new(First, Last, Vocabularies.Applicator, SubschemaShape.Array),
        ["not"] = new(First, Last, Vocabularies.Applicator, SubschemaShape.Schema),
        ["if"] = new(DraftVersion.Draft07, Last, Vocabularies.Applicator, SubschemaShape.Schema),
        ["then"] = new(DraftVersion.Draft07, Last, Vocabularies.Applicator, SubschemaShape.Schema),
        ["else"] = new(DraftVersion.Draft07, Last, Vocabularies.Applicator, SubschemaShape.Schema),
        ["properties"] = new(First, Last, Vocabularies.Applicator, SubschemaShape.Map),
        ["patternProperties"] = new(First, Last, Vocabularies.Applicator, SubschemaShape.Map),
        ["additionalProperties"] = new(First, Last, Vocabularies.Applicator, SubschemaShape.Schema),
        ["propertyNames"] = new(DraftVersion.Draft06, Last, Vocabularies.Applicator, SubschemaShape.Schema),
        ["dependentSchemas"] = new(DraftVersion.Draft201909, Last, Vocabularies.Applicator, SubschemaShape.Map),

        // Later drafts dropped "dependencies" but advise to go on supporting it (2020-12 Validation, appendix B).
        ["dependencies"] = new(First, Last, Vocabularies.Applicator, SubschemaShape.Map),
        ["prefixItems"] = new(DraftVersion.Draft202012, Last, Vocabularies.Applicator, SubschemaShape.Array),
        ["items"] = new(First, Last, Vocabularies.Applicator, SubschemaShape.SchemaOrArray),
        ["additionalItems"] = new(First, DraftVersion.Draft201909, Vocabularies.Applicator, SubschemaShape.Schema),
        ["contains"] = new(DraftVersion.Draft06, Last, Vocabularies.Applicator, SubschemaShape.Schema),

        ["unevaluatedItems"] = new(DraftVersion.Draft201909, Last, Vocabularies.Unevaluated, SubschemaShape.Schema),
        ["unevaluatedProperties"] = new(DraftVersion.Draft201909, Last, Vocabularies.Unevaluated, SubschemaShape.Schema),

        ["type"] = new(First, Last, Vocabularies.Validation),
        ["enum"] = new(First, Last, Vocabularies.Validation),
        ["const"] = new(DraftVersion.Draft06, Last, Vocabularies.Validation),
        ["multipleOf"] = new(First, Last, Vocabularies.Validation),
        ["maximum"] = new(First, Last, Vocabularies.Validation),
        ["exclusiveMaximum"] = new(First, Last, Vocabularies.Validation),
        ["minimum"] = new(First, Last, Vocabularies.Validation),
        ["exclusiveMinimum"] = new(First, Last, Vocabularies.Validation),
        ["maxLength"] = new(First, Last, Vocabularies.Validation),
        ["minLength"] = new(First, Last, Vocabularies.Validation),
        ["pattern"] = new(First, Last, Vocabularies.Validation),
        ["maxItems"] = new(First, Last, Vocabularies.Validation),
        ["minItems"] = new(First, Last, Vocabularies.Validation),
        ["uniqueItems"] = new(First, Last, Vocabularies.Validation),
        ["maxContains"] = new(DraftVersion.Draft201909, Last, Vocabularies.Validation),
        ["minContains"] = new(DraftVersion.Draft201909, Last, Vocabularies.Validation),
        ["maxProperties"] = new(First, Last, Vocabularies.Validation),
        ["minProperties"] = new(First, Last, Vocabularies.Validation),
        ["required"] = new(First, Last, Vocabularies.Validation),
        ["dependentRequired"] = new(DraftVersion.Draft201909, Last, Vocabularies.Validation),

        ["format"] = new(First, Last, Vocabularies.FormatAnnotation | Vocabularies.FormatAssertion),
        ["contentEncoding"] = new(DraftVersion.Draft07, Last, Vocabularies.Content),
        ["contentMediaType"] = new(DraftVersion.Draft07, Last, Vocabularies.Content),
        ["contentSchema"] = new(DraftVersion.Draft201909, Last, Vocabularies.Content, SubschemaShape.Schema),
        ["deprecated"] = new(First, Last, Vocabularies.MetaData),
    };
}

/// <summary>One row of <see cref="KeywordTable"/>.</summary>
/// <param name="Since">The first draft with the keyword.</param>
/// <param name="Until">The last one.</param>
/// <param name="Vocabularies">The vocabularies that each bring the keyword.</param>
/// <param name="Shape">Where its subschemas stand.</param>
internal sealed record KeywordEntry(DraftVersion Since, DraftVersion Until, Vocabularies Vocabularies, SubschemaShape Shape = SubschemaShape.None);
