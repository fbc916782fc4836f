namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>All families of keywords; each takes its own keywords from a schema object.</summary>
internal static class KeywordFamilies
{
    private static readonly Action<SchemaBuilder>[] All =
    [
        TypeKeyword.Compile,
        AllowedValuesKeyword.Compile,
        LimitKeyword.Compile,
        MultipleOfKeyword.Compile,
        CountKeyword.Compile,
        PatternKeyword.Compile,
        FormatKeyword.Compile,
        ContentKeyword.Compile,
        UniqueItemsKeyword.Compile,
        DependentRequiredKeyword.Compile,
        PropertyNamesKeyword.Compile,
        MembersKeyword.Compile,
        ItemsKeyword.Compile,
        ContainsKeyword.Compile,
        DependentSchemaKeyword.Compile,
        ReferenceKeyword.Compile,
        AllOfKeyword.Compile,
        NotKeyword.Compile,
        ConditionalKeyword.Compile,
        VariantsKeyword.Compile,
        UnevaluatedKeyword.Compile,
    ];

    public static void Compile(SchemaBuilder builder)
    {
        foreach (var family in All)
        {
            family(builder);
        }
    }
}
