using System.Collections.Immutable;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.SemanticTokens;

/// <summary>Tells keys that the schema knows from those that it does not. Keys where it has no say are not told of; the grammar colours them.</summary>
public static class SemanticTokensFeature
{
    /// <summary>The keys in a part of the document, by place, at most <paramref name="limit"/>.</summary>
    public static ImmutableArray<SemanticToken> Find(DocumentSnapshot snapshot, TextSpan within, int limit, CancellationToken cancellationToken)
    {
        if (snapshot.Schema is not { } schema)
        {
            return [];
        }

        var tokens = ImmutableArray.CreateBuilder<SemanticToken>();
        SchemaEvaluator.Walk(
            snapshot.Tree,
            schema,
            within,
            place =>
            {
                if (place.Node.Kind == SyntaxKind.Property && place.Node.NameSpan is { IsEmpty: false } name && name.IntersectsWith(within))
                {
                    tokens.Add(new SemanticToken(name, place.IsUnknownKey && !IsSchemaKey(place.Node) ? KeyFacts.Unknown : FactsOf(place.Schemas)));
                }

                return tokens.Count < limit;
            },
            cancellationToken);
        return tokens.DrainToImmutable();
    }

    /// <summary>Every file may say what its schema is.</summary>
    private static bool IsSchemaKey(SyntaxNode property) => property.ContentEquals("$schema"u8) && property.Parent == property.Tree.Root;

    private static KeyFacts FactsOf(IReadOnlyList<ApplicableSchema> schemas)
    {
        for (var i = 0; i < schemas.Count; i++)
        {
            if (schemas[i] is { IsCertain: true, Schema.IsDeprecated: true })
            {
                return KeyFacts.Deprecated;
            }
        }

        return KeyFacts.None;
    }
}
