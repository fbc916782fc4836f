namespace ConfigLsp.Core.Diagnostics;

/// <summary>The rules about comments that suppress findings.</summary>
public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor UnknownSuppression = new(
        "unknown-suppression",
        DiagnosticSeverity.Warning,
        "A suppression names rules that can be suppressed",
        "A comment `configlsp-disable-next-line`, `configlsp-disable-line` or `configlsp-disable-file` names the rules it is about, separated by commas; a reason may follow behind `--`. Rules about the syntax, about schemas and what else surrounds the file, and about suppressions cannot be suppressed by a comment.");

    public static readonly DiagnosticDescriptor UnusedSuppression = new(
        "unused-suppression",
        DiagnosticSeverity.Warning,
        "A suppression suppresses something",
        "The rule that the comment names is not broken where the comment applies, so that it would only hide a later mistake. Remove it. Nothing is said where the rule is switched off, and of rules about the schema where the file has none.")
    {
        Tags = DiagnosticTags.Unnecessary,
    };

    private static IEnumerable<DiagnosticDescriptor> Suppression => [UnknownSuppression, UnusedSuppression];

    /// <summary>
    /// Whether a comment can suppress the rule: the rules about values and keys. A text that is not well-formed, what is wrong with a schema, and what
    /// the file's surroundings lack, must not go unsaid.
    /// </summary>
    public static bool CanBeSuppressed(DiagnosticDescriptor rule) => rule == DuplicateKey || IsOfSchema(rule);

    /// <summary>Whether the rule is about keys and values, and says something only where the document has a schema.</summary>
    public static bool IsOfSchema(DiagnosticDescriptor rule) => SchemaRules.Value.Contains(rule);

    private static readonly Lazy<HashSet<DiagnosticDescriptor>> SchemaRules = new(static () =>
    [
        .. Schema.Except([NestedTooDeeply, ValidationIncomplete, UnresolvedReference, InvalidPattern, MalformedSchema, UnknownVocabulary, DuplicateIdentifier]),
    ]);
}
