namespace ConfigLsp.Core.Diagnostics;

/// <summary>The rules that a document's schema brings, and the rules for schemas themselves.</summary>
public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor TypeMismatch = Rule(
        "type-mismatch",
        "A value has one of the types that the schema allows",
        "The schema's `type` allows other types here. Write a value of such a type; a number or `true` in quotes is a string, so the quotes may be all that is wrong.");

    public static readonly DiagnosticDescriptor NotInEnum = Rule(
        "not-in-enum",
        "A value is one of the listed ones",
        "The schema lists the allowed values (`enum`). Use one of them; letter case counts.");

    public static readonly DiagnosticDescriptor NotConst = Rule(
        "not-const",
        "A value is exactly the one that is demanded",
        "The schema allows a single value here (`const`).");

    public static readonly DiagnosticDescriptor NumberTooSmall = Rule(
        "number-too-small",
        "A number is not below its lower limit",
        "The schema sets a lower limit (`minimum` or `exclusiveMinimum`). Numbers are compared exactly, whatever their number of digits.");

    public static readonly DiagnosticDescriptor NumberTooLarge = Rule(
        "number-too-large",
        "A number is not above its upper limit",
        "The schema sets an upper limit (`maximum` or `exclusiveMaximum`). Numbers are compared exactly, whatever their number of digits.");

    public static readonly DiagnosticDescriptor NotMultiple = Rule(
        "not-a-multiple",
        "A number is a multiple of the given step",
        "The schema allows only multiples of a number (`multipleOf`). The division is exact: 0.3 is a multiple of 0.1.");

    public static readonly DiagnosticDescriptor StringTooShort = Rule(
        "string-too-short",
        "A string has at least its least length",
        "The schema sets a least length (`minLength`), counted in Unicode characters.");

    public static readonly DiagnosticDescriptor StringTooLong = Rule(
        "string-too-long",
        "A string has at most its greatest length",
        "The schema sets a greatest length (`maxLength`), counted in Unicode characters.");

    public static readonly DiagnosticDescriptor PatternMismatch = Rule(
        "pattern-mismatch",
        "A string matches the regular expression of the schema",
        "The schema's `pattern` is a regular expression as in ECMAScript. It may match anywhere in the string unless it is anchored by `^` and `$`.");

    public static readonly DiagnosticDescriptor PatternTooSlow = new(
        "pattern-too-slow",
        DiagnosticSeverity.Warning,
        "Matching a regular expression takes a bounded number of steps",
        "The schema's regular expression needs more steps for this text than are granted: 4 million, or 16 for each byte of a long text. Nested repetition together with look-around or back references does that, or counted repetition on a long text. From there on the pattern is not checked in this document, and every text counts as matching. How many steps a match takes does not depend on the machine. Simplify the pattern in the schema.");

    public static readonly DiagnosticDescriptor FormatMismatch = Rule(
        "format-mismatch",
        "A string has the format that the schema names",
        "The schema's `format` names a standard notation, for instance `date-time` (RFC 3339) or `ipv4`. Whether formats are checked in newer drafts is set by `configlsp.validate.formats`.");

    public static readonly DiagnosticDescriptor ContentMismatch = Rule(
        "content-mismatch",
        "The content of a string is of the kind that the schema names",
        "In draft-07 `contentEncoding` and `contentMediaType` demand that the string holds, for instance, base64 or a JSON document.");

    public static readonly DiagnosticDescriptor UnsafePath = Rule(
        "unsafe-path",
        "A path holds nothing that could lead elsewhere",
        "A path in the settings must not contain `..` segments, control characters or any of `< > \" | * ?`, and must not begin or end with white space. A value that breaks this is refused on write and read as empty.");

    public static readonly DiagnosticDescriptor MissingKey = Rule(
        "missing-key",
        "An object has the keys that are required",
        "The schema names keys that must be present (`required`). Add the key. A key whose value is still missing counts as present.");

    public static readonly DiagnosticDescriptor UnknownKey = Rule(
        "unknown-key",
        "An object has only keys that the schema knows",
        "The schema forbids other keys (`additionalProperties: false` or `unevaluatedProperties: false`). Check the spelling, or remove the key.");

    public static readonly DiagnosticDescriptor InvalidKeyName = Rule(
        "invalid-key-name",
        "A key has a form that the schema allows",
        "The schema restricts how keys may be written (`propertyNames`).");

    public static readonly DiagnosticDescriptor MissingDependentKey = Rule(
        "missing-dependent-key",
        "A key brings along the keys that it depends on",
        "The schema says that one key demands another (`dependentRequired` or `dependencies`). Add the other key, or remove the first.");

    public static readonly DiagnosticDescriptor TooFewKeys = Rule(
        "too-few-keys", "An object has enough keys", "The schema sets a least number of keys (`minProperties`).");

    public static readonly DiagnosticDescriptor TooManyKeys = Rule(
        "too-many-keys", "An object does not have too many keys", "The schema sets a greatest number of keys (`maxProperties`).");

    public static readonly DiagnosticDescriptor TooFewItems = Rule(
        "too-few-items", "An array has enough items", "The schema sets a least number of items (`minItems`).");

    public static readonly DiagnosticDescriptor TooManyItems = Rule(
        "too-many-items", "An array does not have too many items", "The schema sets a greatest number of items (`maxItems`). The first item too many is marked.");

    public static readonly DiagnosticDescriptor DuplicateItem = Rule(
        "duplicate-item",
        "No two items of an array are equal",
        "The schema demands different items (`uniqueItems`). The repeated item is marked and the first one is shown beside it. 1 and 1.0 are equal, and so are objects with the same members in another order.");

    public static readonly DiagnosticDescriptor UnexpectedItem = Rule(
        "unexpected-item",
        "An array has no items beyond the described ones",
        "The schema describes items by position and forbids any behind them (`items: false`, `additionalItems: false` or `unevaluatedItems: false`).");

    public static readonly DiagnosticDescriptor TooFewMatchingItems = Rule(
        "too-few-matching-items",
        "Enough items of an array are of the demanded kind",
        "The schema demands that some items fit a subschema (`contains`, `minContains`).");

    public static readonly DiagnosticDescriptor TooManyMatchingItems = Rule(
        "too-many-matching-items",
        "Not too many items of an array are of the given kind",
        "The schema limits how many items fit a subschema (`maxContains`).");

    public static readonly DiagnosticDescriptor NoVariantMatches = Rule(
        "no-variant-matches",
        "A value fits one of the variants",
        "The schema offers alternatives (`anyOf` or `oneOf`) and the value fits none. Where one alternative is clearly meant, for instance because of a key that tells them apart, the finding says what that one lacks.");

    public static readonly DiagnosticDescriptor SeveralVariantsMatch = Rule(
        "several-variants-match",
        "A value fits exactly one of the variants",
        "The schema's `oneOf` demands that exactly one alternative fits, but several do. Add or remove what tells them apart.");

    public static readonly DiagnosticDescriptor ForbiddenValue = Rule(
        "forbidden-value",
        "A value is not one that the schema excludes",
        "The schema forbids values like this one (`not`, or the schema `false`).");

    public static readonly DiagnosticDescriptor DeprecatedKey = new(
        "deprecated-key",
        DiagnosticSeverity.Hint,
        "A deprecated key or value is not used any more",
        "The schema marks the key or value as deprecated. It still works and never makes a document invalid; the message says what to use instead where the schema does.")
    {
        Tags = DiagnosticTags.Deprecated,
    };

    public static readonly DiagnosticDescriptor NestedTooDeeply = new(
        "nested-too-deeply",
        DiagnosticSeverity.Warning,
        "Values are nested to a depth that can be checked",
        "The document, or the schema on the way through it, is nested so deeply that validation stops here. What lies deeper is not checked.");

    public static readonly DiagnosticDescriptor ValidationIncomplete = new(
        "validation-incomplete",
        DiagnosticSeverity.Warning,
        "A document can be checked with bounded effort",
        "The schema needs more steps for this document than are granted, for instance because alternatives are nested in alternatives. What was not reached is not checked.");

    public static readonly DiagnosticDescriptor UnresolvedReference = new(
        "unresolved-reference",
        DiagnosticSeverity.Warning,
        "A schema's references lead to schemas",
        "A `$ref` of the schema leads nowhere, or its document could not be loaded. The part of the schema that refers to it accepts everything; all else is checked.");

    public static readonly DiagnosticDescriptor InvalidPattern = new(
        "invalid-pattern",
        DiagnosticSeverity.Warning,
        "A schema's regular expressions are valid",
        "A regular expression in the schema is not valid ECMAScript, so nothing is checked against it.");

    public static readonly DiagnosticDescriptor MalformedSchema = new(
        "malformed-schema",
        DiagnosticSeverity.Warning,
        "A schema's keywords have values of the right kind",
        "A keyword in the schema has a value that it cannot have, so the keyword is ignored.");

    public static readonly DiagnosticDescriptor UnknownVocabulary = new(
        "unknown-vocabulary",
        DiagnosticSeverity.Warning,
        "A schema's dialect is known",
        "The schema's `$schema` names a dialect, or requires a vocabulary, that is not known. The known keywords are checked, others are ignored.");

    public static readonly DiagnosticDescriptor DuplicateIdentifier = new(
        "duplicate-identifier",
        DiagnosticSeverity.Warning,
        "A schema's identifiers and anchors are its own",
        "Two schemas of one document have the same `$id` (`id` in draft-04), or two schemas under one identifier the same anchor (`$anchor`, `$dynamicAnchor`). References mean the first one; give the other another name.");

    private static IEnumerable<DiagnosticDescriptor> Schema =>
    [
        TypeMismatch, NotInEnum, NotConst, NumberTooSmall, NumberTooLarge, NotMultiple, StringTooShort, StringTooLong, PatternMismatch,
        PatternTooSlow, FormatMismatch, ContentMismatch, UnsafePath, MissingKey, UnknownKey, InvalidKeyName, MissingDependentKey, TooFewKeys,
        TooManyKeys, TooFewItems, TooManyItems, DuplicateItem, UnexpectedItem, TooFewMatchingItems, TooManyMatchingItems, NoVariantMatches,
        SeveralVariantsMatch, ForbiddenValue, DeprecatedKey, NestedTooDeeply, ValidationIncomplete, UnresolvedReference, InvalidPattern,
        MalformedSchema, UnknownVocabulary, DuplicateIdentifier,
    ];

    private static DiagnosticDescriptor Rule(string id, string title, string explanation) => new(id, DiagnosticSeverity.Error, title, explanation);
}
