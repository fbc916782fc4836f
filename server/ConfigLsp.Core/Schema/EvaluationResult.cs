using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Core.Schema;

/// <summary>What an evaluation found.</summary>
/// <param name="IsValid">Whether the instance satisfies the schema. Warnings such as a deprecated key do not make it invalid.</param>
/// <param name="Diagnostics">The findings by place, at most <see cref="EvaluationOptions.MaxProblems"/>.</param>
/// <param name="HasMore">Whether there are more findings than <paramref name="Diagnostics"/> holds.</param>
public sealed record EvaluationResult(bool IsValid, ImmutableArray<Diagnostic> Diagnostics, bool HasMore)
{
    internal static readonly EvaluationResult Valid = new(IsValid: true, [], HasMore: false);
}
