using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Tests.Features;

public sealed class SuppressionTests
{
    private const string Schema = """
        { "properties": { "a": { "maximum": 5, "multipleOf": 5 }, "b": { "maximum": 5 }, "c": { "type": "string" } }, "additionalProperties": false }
        """;

    public static TheoryData<string, string> Cases => new()
    {
        { "{\n  // configlsp-disable-next-line number-too-large\n  \"a\": 10,\n  \"b\": 10\n}", "number-too-large@4" },
        { "{\n  // configlsp-disable-next-line number-too-large, not-a-multiple -- as measured, unknown-key\n  \"a\": 9\n}", "" },
        { "{\n  \"a\": 9 // configlsp-disable-line number-too-large not-a-multiple\n}", "" },
        { "{\n  \"a\": 9 /* configlsp-disable-line number-too-large */,\n  \"b\": 9\n}", "not-a-multiple@2 number-too-large@3" },
        { "// configlsp-disable-file number-too-large\n{ \"a\": 10,\n \"b\": 9 }", "" },
        { "{ \"a\": 10,\n \"b\": 9 }\n/* configlsp-disable-file\n   number-too-large */", "" },
        { "{\n// configlsp-disable-next-line number-too-large\n\n// configlsp-disable-next-line not-a-multiple\n/* so it is */\n  \"a\": 9\n}", "" },
        { "{\r\n  // configlsp-disable-next-line number-too-large\r\n  \"b\": 9\r\n}", "" },
        { "{ // configlsp-disable-next-line number-too-large", "unterminated-object@1 unused-suppression@1" },
        { "{\n  // configlsp-disable-next-line number-too-large\n  \"b\": 1\n}", "unused-suppression@2" },
        { "{\n  // configlsp-disable-next-line number-too-large, type-mismatch\n  \"b\": 9\n}", "unused-suppression@2" },
        { "{\n  // configlsp-disable-next-line\n  \"b\": 9\n}", "unknown-suppression@2 number-too-large@3" },
        { "{\n  // configlsp-disable-next-lien number-too-large\n  \"b\": 9\n}", "unknown-suppression@2 number-too-large@3" },
        { "{\n  // configlsp-disable-next-line too-large\n  \"b\": 9\n}", "unknown-suppression@2 number-too-large@3" },
        { "{\n  // configlsp-disable-next-line expected-comma\n  \"a\": 5 \"b\": 5\n}", "unknown-suppression@2 expected-comma@3" },
        { "// configlsp-disable-file unused-suppression, unknown-suppression\n{}", "unknown-suppression@1 unknown-suppression@1" },
        { "{\n  // configlsp-disable-next-line duplicate-key\n  \"b\": 1,\n  // configlsp-disable-next-line duplicate-key\n  \"b\": 2\n}", "" },
        { "{\n  // configlsp-disable-next-line unknown-key\n  \"x\": 1\n}", "" },
        { "{\n  // see configlsp-disable-next-line number-too-large\n  \"b\": 9\n}", "number-too-large@3" },
        { "{ \"c\": \"// configlsp-disable-line number-too-large\", \"b\": 9 }", "number-too-large@1" },
        { "{}\n/* configlsp-disable-file number-too-large", "unterminated-comment@2 unused-suppression@2" },
        { "//configlsp-disable-file", "unknown-suppression@1" },
        { "/**/ {}", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Comments_suppress_what_they_name(string text, string expected) => Assert.Equal(expected, Find(text));

    [Fact]
    public void Programs_are_not_put_off_by_a_comment() => Assert.Equal(
        "number-too-large@2", Find("// configlsp-disable-next-line number-too-large\n{ \"b\": 9 }", options: ValidationOptions.Default));

    [Fact]
    public void A_suppression_of_a_schema_rule_is_not_called_unused_where_there_is_no_schema() =>
        Assert.Equal("unused-suppression@1", Find("// configlsp-disable-file number-too-large, duplicate-key\n{}", schema: null));

    [Fact]
    public void A_suppression_of_a_rule_that_is_switched_off_is_not_called_unused()
    {
        var options = Honoring with { Severities = Honoring.Severities.Add("number-too-large", DiagnosticSeverity.Off) };
        Assert.Equal("", Find("// configlsp-disable-file number-too-large\n{ \"b\": 9 }", options: options));
    }

    [Fact]
    public void What_is_found_about_suppressions_can_be_switched_off()
    {
        var options = Honoring with { Severities = Honoring.Severities.Add("unused-suppression", DiagnosticSeverity.Off).Add("unknown-suppression", DiagnosticSeverity.Off) };
        Assert.Equal("", Find("// configlsp-disable-file number-too-large, no-rule\n{}", options: options));
    }

    [Fact]
    public void Suppressed_findings_do_not_use_up_the_places_of_others()
    {
        var many = string.Concat(Enumerable.Range(0, 50).Select(static i => $"\"k{i}\": 1, // configlsp-disable-line unknown-key\n"));
        Assert.Equal("number-too-large@51", Find($"{{{many}\"b\": 9 }}", options: Honoring with { MaxProblems = 10 }));
    }

    [Fact]
    public void A_document_with_too_many_problems_is_not_said_to_have_unused_suppressions()
    {
        var many = string.Concat(Enumerable.Range(0, 50).Select(static i => $"\"k{i}\": 1,\n"));
        var found = Find($"{{{many}\"b\": 9 // configlsp-disable-line number-too-large\n}}", options: Honoring with { MaxProblems = 2 });
        Assert.Equal("unknown-key@1 unknown-key@2 too-many-problems@2", found);
    }

    [Fact]
    public void An_unused_suppression_is_shown_as_unnecessary() => Assert.Equal(DiagnosticTags.Unnecessary, DiagnosticCatalog.UnusedSuppression.Tags);

    private static ValidationOptions Honoring => ValidationOptions.Default with { HonorsSuppressions = true };

    private static string Find(string text, string? schema = Schema, ValidationOptions? options = null)
    {
        DocumentSnapshot snapshot = Documents.Create(text, schema, SyntaxDialect.JsonWithComments);
        var found = DocumentValidation.Validate(snapshot, options ?? Honoring, default).Diagnostics;
        return string.Join(' ', found.Select(d => $"{d.Descriptor.Id}@{snapshot.Text.Lines.GetLine(d.Span.Start) + 1}"));
    }
}
