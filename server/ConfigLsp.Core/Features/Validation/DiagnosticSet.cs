using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Validation;

/// <summary>The complete findings about one version of one document.</summary>
/// <param name="Diagnostics">By place. If there are more, the last one says so.</param>
/// <param name="HasMore">Whether the document has more problems than were asked for.</param>
public sealed record DiagnosticSet(ImmutableArray<Diagnostic> Diagnostics, bool HasMore)
{
    public static readonly DiagnosticSet Empty = new([], HasMore: false);

    /// <summary>
    /// Where the document has secret values, by place: who shows source text with the findings shows none of these. Empty where nothing is found.
    /// </summary>
    public ImmutableArray<TextSpan> SecretSpans { get; init; } = [];

    /// <summary>For the validation of the next version, where that was asked for.</summary>
    public ValidationMemory? Memory { get; init; }
}
