using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Dialects;

/// <summary>Reads <c>$vocabulary</c> of a meta-schema (2019-09 and 2020-12 Core, section 8.1.2).</summary>
internal static class VocabularyUris
{
    private const string Prefix201909 = "https://json-schema.org/draft/2019-09/vocab/";
    private const string Prefix202012 = "https://json-schema.org/draft/2020-12/vocab/";

    /// <summary>The dialect that a meta-schema describes, and the required vocabularies that are not known.</summary>
    public static (Dialect Dialect, IReadOnlyList<string> Unknown) Read(SyntaxNode metaSchema, Dialect basis)
    {
        if (basis.Draft < DraftVersion.Draft201909 || !metaSchema.TryGetProperty("$vocabulary"u8, out var declared) || declared.Kind != SyntaxKind.Object)
        {
            return (basis, []);
        }

        var vocabularies = Vocabularies.Core;
        var unknown = new List<string>();
        foreach (var property in declared.Children)
        {
            var uri = property.GetString();
            var found = Find(uri, property.Value.Kind == SyntaxKind.True);
            vocabularies |= found;
            if (found == Vocabularies.None && property.Value.Kind == SyntaxKind.True)
            {
                unknown.Add(uri);
            }
        }

        return (basis.With(vocabularies), unknown);
    }

    private static Vocabularies Find(string uri, bool required)
    {
        if (uri.StartsWith(Prefix202012, StringComparison.Ordinal))
        {
            return uri[Prefix202012.Length..] switch
            {
                "core" => Vocabularies.Core,
                "applicator" => Vocabularies.Applicator,
                "unevaluated" => Vocabularies.Unevaluated,
                "validation" => Vocabularies.Validation,
                "format-annotation" => Vocabularies.FormatAnnotation,
                // Whoever names the vocabulary wants the assertion, required or not; this engine always can.
                "format-assertion" => Vocabularies.FormatAssertion,
                "content" => Vocabularies.Content,
                "meta-data" => Vocabularies.MetaData,
                _ => Vocabularies.None,
            };
        }

        if (uri.StartsWith(Prefix201909, StringComparison.Ordinal))
        {
            return uri[Prefix201909.Length..] switch
            {
                "core" => Vocabularies.Core,
                "applicator" => Vocabularies.Applicator | Vocabularies.Unevaluated,
                "validation" => Vocabularies.Validation,
                // In 2019-09 one vocabulary stands for both: it asserts where it is required.
                "format" => required ? Vocabularies.FormatAssertion : Vocabularies.FormatAnnotation,
                "content" => Vocabularies.Content,
                "meta-data" => Vocabularies.MetaData,
                _ => Vocabularies.None,
            };
        }

        return Vocabularies.None;
    }
}
