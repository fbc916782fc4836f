using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>What is known of the schema of a document that somebody asked about.</summary>
/// <param name="State">The settings under which that holds.</param>
/// <param name="Declaration">The bytes of its <c>$schema</c>, or null.</param>
/// <param name="Selection">The schemas that apply; null while that is being found out.</param>
/// <param name="Roots">The schemas themselves.</param>
/// <param name="Lookup">The answer; null while it is incomplete.</param>
internal sealed record TrackedDocument(
    SchemaStoreState State,
    byte[]? Declaration,
    SchemaSelection? Selection,
    ImmutableArray<SchemaRoot> Roots,
    SchemaLookup? Lookup)
{
    /// <summary>The answer, if it still holds for a document with this <c>$schema</c>. Allocates nothing unless a problem has moved.</summary>
    public SchemaLookup? Current(SchemaStoreState state, SyntaxNode declaration, TimeSpan retryInterval)
    {
        if (Lookup is null || !ReferenceEquals(State, state)
            || (declaration.IsNone ? Declaration is not null : Declaration is null || !declaration.RawContent.SequenceEqual(Declaration)))
        {
            return null;
        }

        foreach (var root in Roots)
        {
            if (root.IsStale || root.IsDue(retryInterval))
            {
                return null;
            }
        }

        return Lookup.Problems.Length > 0 && Lookup.Problems[0].Origin is { } origin && origin != declaration.Span
            ? MoveProblems(Lookup, declaration.Span)
            : Lookup;
    }

    private static SchemaLookup MoveProblems(SchemaLookup lookup, TextSpan origin) =>
        lookup with { Problems = [.. lookup.Problems.Select(p => p with { Origin = origin })] };
}
