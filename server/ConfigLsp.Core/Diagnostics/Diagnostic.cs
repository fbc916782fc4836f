using System.Collections.Immutable;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Diagnostics;

/// <summary>One finding in one text.</summary>
/// <param name="Descriptor">The rule that is broken.</param>
/// <param name="Span">The bytes to underline.</param>
/// <param name="Message">What is wrong, what was expected, what to do.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, TextSpan Span, string Message)
{
    /// <summary>The rule's severity, or the one that the user's settings give it.</summary>
    public DiagnosticSeverity Severity { get; init; } = Descriptor.Severity;

    /// <summary>Facts for programs: quick fixes, the command line's JSON, health reports.</summary>
    public DiagnosticData? Data { get; init; }

    /// <summary>Other places that explain the finding.</summary>
    public ImmutableArray<RelatedInformation> Related { get; init; } = [];

    /// <summary>The same finding after an edit before it.</summary>
    /// <param name="from">Offset from which on the text has moved. What is related and stands before it stays.</param>
    /// <param name="delta">By how many bytes.</param>
    public Diagnostic Moved(int from, int delta) => delta == 0 ? this : this with
    {
        Span = new TextSpan(Span.Start + delta, Span.Length),
        Related = Related.IsEmpty ? Related : [.. Related.Select(r => r.Uri is null && r.Span.Start >= from ? r with { Span = new TextSpan(r.Span.Start + delta, r.Span.Length) } : r)],
    };
}
