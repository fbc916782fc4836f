using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Core.Syntax;

/// <summary>How strictly a text is judged; the tree is the same for all.</summary>
/// <param name="Comments">Severity of a comment.</param>
/// <param name="TrailingCommas">Severity of a comma before a closing bracket or brace.</param>
public sealed record SyntaxDialect(DiagnosticSeverity Comments, DiagnosticSeverity TrailingCommas)
{
    /// <summary>RFC 8259: neither comments nor trailing commas.</summary>
    public static readonly SyntaxDialect Json = new(DiagnosticSeverity.Error, DiagnosticSeverity.Error);

    /// <summary>JSON with comments, as VS Code judges it: comments are fine, a trailing comma is a warning.</summary>
    public static readonly SyntaxDialect JsonWithComments = new(DiagnosticSeverity.Off, DiagnosticSeverity.Warning);

    /// <summary>This dialect with what a schema says by <c>allowComments</c> and <c>allowTrailingCommas</c>; null leaves the dialect's own word.</summary>
    public SyntaxDialect With(bool? allowComments, bool? allowTrailingCommas) => new(Allow(allowComments, Comments), Allow(allowTrailingCommas, TrailingCommas));

    private static DiagnosticSeverity Allow(bool? allow, DiagnosticSeverity otherwise) => allow switch
    {
        true => DiagnosticSeverity.Off,
        false => DiagnosticSeverity.Error,
        null => otherwise,
    };
}
