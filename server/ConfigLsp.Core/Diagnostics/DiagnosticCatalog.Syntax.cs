namespace ConfigLsp.Core.Diagnostics;

/// <summary>The rules about the text itself.</summary>
public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor UnexpectedToken = new(
        "unexpected-token",
        DiagnosticSeverity.Error,
        "Only tokens of the grammar stand between values",
        "A character or word stands where the grammar has no place for it. The parser skips it and goes on, so everything else in the file is still checked. Remove it, or put it in quotes if it was meant as text.");

    public static readonly DiagnosticDescriptor ExpectedValue = new(
        "expected-value",
        DiagnosticSeverity.Error,
        "A value follows a colon, a comma in an array and an opening bracket",
        "A value is missing. Write one: a string in double quotes, a number, `true`, `false`, `null`, an object or an array. While it is missing the key counts as present, so it is not also reported as missing.");

    public static readonly DiagnosticDescriptor ExpectedPropertyName = new(
        "expected-property-name",
        DiagnosticSeverity.Error,
        "Every value of an object has a name",
        "An object holds pairs of a name and a value. Write the name in double quotes followed by a colon.");

    public static readonly DiagnosticDescriptor ExpectedColon = new(
        "expected-colon",
        DiagnosticSeverity.Error,
        "A colon stands between a name and its value",
        "Insert `:` behind the name.");

    public static readonly DiagnosticDescriptor ExpectedComma = new(
        "expected-comma",
        DiagnosticSeverity.Error,
        "A comma separates properties and elements",
        "Insert `,` behind the previous value. The finding is shown there, not at the next token, because that is where the comma belongs.");

    public static readonly DiagnosticDescriptor ExpectedEndOfFile = new(
        "expected-end-of-file",
        DiagnosticSeverity.Error,
        "A file holds one top-level value",
        "Something follows the top-level value. Remove it, or wrap the values in an array.");

    public static readonly DiagnosticDescriptor UnterminatedString = new(
        "unterminated-string",
        DiagnosticSeverity.Error,
        "A string ends with its quote on the same line",
        "The closing quote is missing. A string cannot span lines: write a line break as `\\n`.");

    public static readonly DiagnosticDescriptor UnterminatedComment = new(
        "unterminated-comment",
        DiagnosticSeverity.Error,
        "A block comment ends with */",
        "The comment runs to the end of the file. Close it with `*/`.");

    public static readonly DiagnosticDescriptor UnterminatedObject = new(
        "unterminated-object",
        DiagnosticSeverity.Error,
        "An object ends with a closing brace",
        "Insert `}`. The related place is the opening brace.");

    public static readonly DiagnosticDescriptor UnterminatedArray = new(
        "unterminated-array",
        DiagnosticSeverity.Error,
        "An array ends with a closing bracket",
        "Insert `]`. The related place is the opening bracket.");

    public static readonly DiagnosticDescriptor InvalidEscape = new(
        "invalid-escape",
        DiagnosticSeverity.Error,
        "A backslash starts one of the escapes of JSON",
        "Allowed are `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` and `\\u` with four hexadecimal digits. A Windows path needs its backslashes doubled.");

    public static readonly DiagnosticDescriptor ControlCharacter = new(
        "control-character",
        DiagnosticSeverity.Error,
        "A string holds no raw control character",
        "Characters below U+0020 must be escaped, for instance a tab as `\\t`.");

    public static readonly DiagnosticDescriptor InvalidNumber = new(
        "invalid-number",
        DiagnosticSeverity.Error,
        "A number is written as JSON writes it",
        "Digits without leading zeros, optionally a minus sign, a fraction and an exponent: `-12.5e3`. Hexadecimal, a leading `+` or `.`, a trailing `.`, `NaN` and `Infinity` are not JSON.");

    public static readonly DiagnosticDescriptor InvalidLiteral = new(
        "invalid-literal",
        DiagnosticSeverity.Error,
        "The only words are true, false and null",
        "Text belongs in double quotes. The three literals are written in lower case.");

    public static readonly DiagnosticDescriptor SingleQuotedString = new(
        "single-quoted-string",
        DiagnosticSeverity.Error,
        "Strings stand in double quotes",
        "Replace the single quotes by double quotes.");

    public static readonly DiagnosticDescriptor UnquotedKey = new(
        "unquoted-key",
        DiagnosticSeverity.Error,
        "Names stand in double quotes",
        "Put the name in double quotes.");

    public static readonly DiagnosticDescriptor DuplicateKey = new(
        "duplicate-key",
        DiagnosticSeverity.Warning,
        "A name occurs once in an object",
        "Only the last of the values counts; the earlier ones have no effect. Remove all but one. Both places are shown.");

    public static readonly DiagnosticDescriptor TrailingComma = new(
        "trailing-comma",
        DiagnosticSeverity.Error,
        "No comma stands before a closing bracket or brace",
        "Plain JSON does not allow it. In JSON with comments it is a warning, and where the schema says `allowTrailingCommas` it is fine.");

    public static readonly DiagnosticDescriptor CommentNotPermitted = new(
        "comment-not-permitted",
        DiagnosticSeverity.Error,
        "Plain JSON has no comments",
        "Remove the comment, or use a file kind or a schema (`allowComments`) that permits comments.");

    public static readonly DiagnosticDescriptor MergeConflict = new(
        "merge-conflict",
        DiagnosticSeverity.Error,
        "No merge conflict is left in the file",
        "Both sides of the conflict are read as if the marker lines were not there. Resolve the conflict and remove the markers.");

    public static readonly DiagnosticDescriptor InvalidEncoding = new(
        "invalid-encoding",
        DiagnosticSeverity.Error,
        "The file is encoded in UTF-8",
        "The bytes at this place are not UTF-8 (RFC 8259 section 8.1). Save the file with the encoding UTF-8.");

    private static IEnumerable<DiagnosticDescriptor> Syntax =>
    [
        UnexpectedToken, ExpectedValue, ExpectedPropertyName, ExpectedColon, ExpectedComma, ExpectedEndOfFile,
        UnterminatedString, UnterminatedComment, UnterminatedObject, UnterminatedArray, InvalidEscape, ControlCharacter,
        InvalidNumber, InvalidLiteral, SingleQuotedString, UnquotedKey, DuplicateKey, TrailingComma, CommentNotPermitted,
        MergeConflict, InvalidEncoding,
    ];
}
