using System.Collections.Frozen;
using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>Which fixes a rule has. A rule that is not named here has none: only a person knows what was meant.</summary>
internal static class QuickFixes
{
    private static readonly FrozenDictionary<DiagnosticDescriptor, Action<FixContext>> ByRule = new Dictionary<DiagnosticDescriptor, Action<FixContext>>
    {
        [DiagnosticCatalog.UnexpectedToken] = SyntaxFixes.RemoveToken,
        [DiagnosticCatalog.ExpectedValue] = SyntaxFixes.MissingValue,
        [DiagnosticCatalog.ExpectedPropertyName] = SyntaxFixes.MissingName,
        [DiagnosticCatalog.ExpectedColon] = SyntaxFixes.MissingColon,
        [DiagnosticCatalog.ExpectedComma] = SyntaxFixes.MissingComma,
        [DiagnosticCatalog.ExpectedEndOfFile] = SyntaxFixes.BehindTheEnd,
        [DiagnosticCatalog.UnterminatedString] = NotationFixes.UnterminatedString,
        [DiagnosticCatalog.UnterminatedComment] = SyntaxFixes.UnterminatedComment,
        [DiagnosticCatalog.UnterminatedObject] = SyntaxFixes.Unterminated,
        [DiagnosticCatalog.UnterminatedArray] = SyntaxFixes.Unterminated,
        [DiagnosticCatalog.InvalidEscape] = NotationFixes.Escape,
        [DiagnosticCatalog.ControlCharacter] = NotationFixes.ControlCharacter,
        [DiagnosticCatalog.InvalidNumber] = NotationFixes.Number,
        [DiagnosticCatalog.InvalidLiteral] = NotationFixes.Literal,
        [DiagnosticCatalog.SingleQuotedString] = NotationFixes.SingleQuotes,
        [DiagnosticCatalog.UnquotedKey] = NotationFixes.UnquotedKey,
        [DiagnosticCatalog.TrailingComma] = SyntaxFixes.TrailingComma,
        [DiagnosticCatalog.CommentNotPermitted] = SyntaxFixes.Comment,
        [DiagnosticCatalog.MergeConflict] = ConflictFixes.Resolve,
        [DiagnosticCatalog.DuplicateKey] = KeyFixes.Duplicate,
        [DiagnosticCatalog.UnknownKey] = KeyFixes.Unknown,
        [DiagnosticCatalog.InvalidKeyName] = KeyFixes.InvalidName,
        [DiagnosticCatalog.MissingKey] = KeyFixes.Missing,
        [DiagnosticCatalog.MissingDependentKey] = KeyFixes.Missing,
        [DiagnosticCatalog.DeprecatedKey] = KeyFixes.Deprecated,
        [DiagnosticCatalog.ForbiddenValue] = KeyFixes.Forbidden,
        [DiagnosticCatalog.TypeMismatch] = ValueFixes.Type,
        [DiagnosticCatalog.NotInEnum] = ValueFixes.Allowed,
        [DiagnosticCatalog.NotConst] = ValueFixes.Allowed,
        [DiagnosticCatalog.NoVariantMatches] = ValueFixes.Allowed,
        [DiagnosticCatalog.NumberTooSmall] = ValueFixes.Range,
        [DiagnosticCatalog.NumberTooLarge] = ValueFixes.Range,
        [DiagnosticCatalog.NotMultiple] = ValueFixes.Proposed,
        [DiagnosticCatalog.FormatMismatch] = ValueFixes.Proposed,
        [DiagnosticCatalog.UnsafePath] = ValueFixes.Proposed,
        [DiagnosticCatalog.DuplicateItem] = ValueFixes.RepeatedItem,
        [DiagnosticCatalog.UnexpectedItem] = ValueFixes.UnexpectedItem,
        [DiagnosticCatalog.TooManyItems] = ValueFixes.UnexpectedItem,
        [DiagnosticCatalog.UnknownSuppression] = SuppressionFixes.Unknown,
        [DiagnosticCatalog.UnusedSuppression] = SuppressionFixes.Unused,
    }.ToFrozenDictionary();

    /// <summary>The rules that have fixes of their own.</summary>
    public static IEnumerable<DiagnosticDescriptor> Rules => ByRule.Keys;

    /// <summary>Adds the fixes of a finding.</summary>
    public static void Add(FixContext fix, Diagnostic finding)
    {
        fix.Current = finding;
        if (ByRule.TryGetValue(finding.Descriptor, out var add))
        {
            add(fix);
        }

        if (!fix.SafeOnly)
        {
            SuppressionFixes.Suppress(fix);
        }
    }
}
