namespace ConfigLsp.Core.Schema.Dialects;

/// <summary>What a schema resource's <c>$schema</c> decides: the draft's rules and the vocabularies in use.</summary>
internal sealed class Dialect
{
    private const Vocabularies FixedVocabularies = Vocabularies.Core | Vocabularies.Applicator | Vocabularies.Validation | Vocabularies.FormatAssertion
        | Vocabularies.Content | Vocabularies.MetaData;

    private const Vocabularies StandardVocabularies = Vocabularies.Core | Vocabularies.Applicator | Vocabularies.Unevaluated | Vocabularies.Validation
        | Vocabularies.FormatAnnotation | Vocabularies.Content | Vocabularies.MetaData;

    public static readonly Dialect Draft04 = new(DraftVersion.Draft04, FixedVocabularies);
    public static readonly Dialect Draft06 = new(DraftVersion.Draft06, FixedVocabularies);
    public static readonly Dialect Draft07 = new(DraftVersion.Draft07, FixedVocabularies);
    public static readonly Dialect Draft201909 = new(DraftVersion.Draft201909, StandardVocabularies);
    public static readonly Dialect Draft202012 = new(DraftVersion.Draft202012, StandardVocabularies);

    private Dialect(DraftVersion draft, Vocabularies vocabularies)
    {
        Draft = draft;
        Vocabularies = vocabularies;
    }

    public DraftVersion Draft { get; }

    public Vocabularies Vocabularies { get; }

    /// <summary>The keyword that gives a resource its URI.</summary>
    public ReadOnlySpan<byte> IdKeyword => Draft == DraftVersion.Draft04 ? "id"u8 : "$id"u8;

    /// <summary>Before 2019-09 a schema with <c>$ref</c> is that reference and nothing else.</summary>
    public bool ReferenceHidesSiblings => Draft <= DraftVersion.Draft07;

    /// <summary>Before 2019-09 an anchor is written as an identifier that is only a fragment.</summary>
    public bool IdMayBeAnchor => Draft <= DraftVersion.Draft07;

    /// <summary>Whether <c>format</c> demands rather than describes.</summary>
    public bool AssertsFormat => (Vocabularies & Vocabularies.FormatAssertion) != 0;

    /// <summary>Whether <c>contentEncoding</c> and <c>contentMediaType</c> demand rather than describe (draft-07 Validation, section 8).</summary>
    public bool AssertsContent => Draft == DraftVersion.Draft07;

    /// <summary>The dialect with this URI, or null if it is not one of the drafts.</summary>
    public static Dialect? Find(string uri) => uri.TrimEnd('#').Replace("https://", "http://", StringComparison.Ordinal) switch
    {
        // What a hyper-schema adds are links, which demand nothing of a document.
        "http://json-schema.org/draft-04/schema" or "http://json-schema.org/draft-04/hyper-schema" => Draft04,
        "http://json-schema.org/draft-06/schema" or "http://json-schema.org/draft-06/hyper-schema" => Draft06,
        "http://json-schema.org/draft-07/schema" or "http://json-schema.org/schema" or "http://json-schema.org/draft-07/hyper-schema" => Draft07,
        "http://json-schema.org/draft/2019-09/schema" or "http://json-schema.org/draft/2019-09/hyper-schema" => Draft201909,
        "http://json-schema.org/draft/2020-12/schema" or "http://json-schema.org/draft/2020-12/hyper-schema" => Draft202012,
        _ => null,
    };

    /// <summary>The supported dialect that a draft without support is read as; null for any other URI.</summary>
    public static Dialect? FindNearest(string uri)
    {
        var name = uri.TrimEnd('#').Replace("https://", "http://", StringComparison.Ordinal);
        return name switch
        {
            "http://json-schema.org/draft-00/schema" or "http://json-schema.org/draft-01/schema" or "http://json-schema.org/draft-02/schema"
                or "http://json-schema.org/draft-03/schema" or "http://json-schema.org/draft-05/schema" => Draft04,
            "http://json-schema.org/draft/next/schema" or "http://json-schema.org/v1" => Draft202012,
            _ => null,
        };
    }

    public Dialect With(Vocabularies vocabularies) => vocabularies == Vocabularies ? this : new Dialect(Draft, vocabularies);

    /// <summary>Whether the dialect gives a meaning to the keyword.</summary>
    public bool Knows(string keyword) =>
        KeywordTable.Entries.TryGetValue(keyword, out var entry) && entry.Since <= Draft && entry.Until >= Draft && (entry.Vocabularies & Vocabularies) != 0;

    /// <summary>Where the keyword's subschemas stand; <see cref="SubschemaShape.None"/> for an unknown keyword.</summary>
    public SubschemaShape ShapeOf(string keyword)
    {
        if (!Knows(keyword))
        {
            return SubschemaShape.None;
        }

        var shape = KeywordTable.Entries[keyword].Shape;
        return shape == SubschemaShape.SchemaOrArray && Draft == DraftVersion.Draft202012 ? SubschemaShape.Schema : shape;
    }
}
