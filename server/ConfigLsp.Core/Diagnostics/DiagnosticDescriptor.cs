namespace ConfigLsp.Core.Diagnostics;

/// <summary>One rule: everything about it that does not depend on the place where it is broken.</summary>
/// <param name="Id">The readable code shown to people and used in settings and suppressions, for instance <c>unknown-key</c>.</param>
/// <param name="Severity">The severity unless the user configures another.</param>
/// <param name="Title">What the rule demands, as a short sentence.</param>
/// <param name="Explanation">Why, and what to do, for the documentation page of the rule.</param>
public sealed record DiagnosticDescriptor(string Id, DiagnosticSeverity Severity, string Title, string Explanation)
{
    private const string DocumentationRoot = "https://configlsp.dev/docs/rules/";

    /// <summary>The page that documents the rule (<c>docs/rules/ID.md</c>, as published).</summary>
    public string HelpUri => DocumentationRoot + Id;

    /// <summary>How editors may render the range (LSP 3.15 <c>DiagnosticTag</c>).</summary>
    public DiagnosticTags Tags { get; init; }

    /// <inheritdoc />
    public bool Equals(DiagnosticDescriptor? other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}
