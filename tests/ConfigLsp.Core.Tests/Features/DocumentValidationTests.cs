using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Tests.Features;

public sealed class DocumentValidationTests
{
    [Fact]
    public void Syntax_errors_silence_no_schema_findings_and_all_come_in_order()
    {
        var found = Validate("{ \"name\": , \"maxAgents\": 99 \"logLevel\": \"loud\", // fine here\n }");
        Assert.Equal("expected-value number-too-large expected-comma not-in-enum trailing-comma", Ids(found));
    }

    [Fact]
    public void A_key_whose_value_is_missing_is_not_also_a_missing_key() => Assert.Equal("expected-value", Ids(Validate("{ \"name\": }")));

    [Fact]
    public void The_schema_decides_about_comments()
    {
        Assert.Equal("", Ids(Validate("{ \"name\": \"x\" /* allowed */ }")));
        Assert.Equal("comment-not-permitted", Ids(DocumentValidation.Validate(Documents.Create("[] // no", schema: null), ValidationOptions.Default, default)));
    }

    [Fact]
    public void Severities_follow_the_settings_and_off_silences()
    {
        var options = ValidationOptions.Default with
        {
            Severities = ImmutableDictionary<string, DiagnosticSeverity>.Empty.Add("not-in-enum", DiagnosticSeverity.Hint).Add("missing-key", DiagnosticSeverity.Off),
        };
        var found = DocumentValidation.Validate(Documents.Create("{ \"logLevel\": 1 }"), options, default);
        Assert.Equal(DiagnosticSeverity.Hint, found.Diagnostics.Single().Severity);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Too_many_problems_are_cut_off_and_said(int limit)
    {
        var text = "{" + string.Concat(Enumerable.Range(0, 50).Select(static i => $"\"unknown{i}\": 1,")) + "}";
        var found = DocumentValidation.Validate(Documents.Create(text), ValidationOptions.Default with { MaxProblems = limit }, default);
        Assert.True(found.HasMore);
        Assert.Equal(limit + 1, found.Diagnostics.Length);
        Assert.Equal(DiagnosticCatalog.TooManyProblems, found.Diagnostics[^1].Descriptor);
        Assert.Equal(found.Diagnostics.OrderBy(static diagnostic => diagnostic.Span.Start), found.Diagnostics);
    }

    [Fact]
    public void A_schema_in_a_dialect_that_is_not_wholly_known_is_said_once_and_still_checks()
    {
        var registry = new Core.Schema.SchemaRegistry();
        registry.Add("https://example.com/meta", Tree("""{"$schema": "https://json-schema.org/draft/2020-12/schema", "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/applicator": true, "https://json-schema.org/draft/2020-12/vocab/validation": true, "https://example.com/vocab/units": true}}"""));
        registry.Add("https://example.com/schema", Tree("""{"$schema": "https://example.com/meta", "properties": {"a": {"type": "integer", "unit": "s"}, "b": {"unit": "s"}}}"""));
        var schema = registry.Compile("https://example.com/schema").Schema;
        var found = DocumentValidation.Validate(new Core.Features.DocumentSnapshot("file:///a.json", 0, Tree("""{"a": "x", "$schema": "y"}"""), schema, SyntaxDialect.Json), ValidationOptions.Default, default);
        Assert.Equal("type-mismatch unknown-vocabulary", Ids(found));
        Assert.Contains("`https://example.com/vocab/units`", found.Diagnostics[1].Message, StringComparison.Ordinal);
        Assert.Equal(new Core.Text.TextSpan(22, 3), found.Diagnostics[1].Span);

        static SyntaxTree Tree(string json) => Core.Syntax.Json.JsonParser.Parse(Core.Text.SourceText.From(json));
    }

    [Fact]
    public void As_many_problems_as_allowed_are_not_too_many()
    {
        var found = DocumentValidation.Validate(Documents.Create("{ \"name\": 1, \"maxAgents\": 99 }"), ValidationOptions.Default with { MaxProblems = 2 }, default);
        Assert.False(found.HasMore);
        Assert.Equal(2, found.Diagnostics.Length);
    }

    [Theory]
    [InlineData("{ \"password\": hunter2 }")]
    [InlineData("{ \"password\": 0hunter2 }")]
    [InlineData("{ \"password\": \"a\\hunter2\" }")]
    [InlineData("{ \"password\": \"a\"hunter2 }")]
    [InlineData("{ \"password\": my hunter2, \"x\": 1 }")]
    [InlineData("{ \"password\": \"a\"b\"hunter2\" }")]
    [InlineData("{ \"password\": { hunter2: 1 } }")]
    [InlineData("{ \"password\": { \"hunter2\": 1, \"hunter2\": 2 } }")]
    [InlineData("{ \"password\": \"hunter2\", \"unknown\": 1 }")]
    [InlineData("{ \"login\": { \"password\": \"hunter2\" } }")]
    [InlineData("{ \"password\": 1, \"password\": hunter2 }")]
    public void No_finding_tells_a_secret(string text)
    {
        const string Schema = """
            {
              "additionalProperties": false, "minProperties": 9,
              "properties": {
                "x": true,
                "password": { "writeOnly": true },
                "login": { "required": ["user"], "properties": { "password": { "x-secret": true } } }
              }
            }
            """;
        var found = DocumentValidation.Validate(Documents.Create(text, Schema), ValidationOptions.Default, default);
        Assert.NotEmpty(found.Diagnostics);
        Assert.All(found.Diagnostics, diagnostic =>
        {
            Assert.DoesNotContain("hunter", diagnostic.Message + diagnostic.Data + diagnostic.Data?.Actual + string.Concat(diagnostic.Data?.Suggestions ?? []), StringComparison.OrdinalIgnoreCase);
            Assert.All(diagnostic.Related, static related => Assert.DoesNotContain("hunter", related.Message, StringComparison.Ordinal));
        });
        var shown = new string([.. text.Where((_, index) => !found.SecretSpans.Any(span => span.Contains(index)))]);
        Assert.DoesNotContain("hunter2", shown, StringComparison.Ordinal);
        Assert.Contains("\"password\":", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_no_secret_is_still_quoted() =>
        Assert.Contains("hunter2", DocumentValidation.Validate(
            Documents.Create("{ \"a\": hunter2, \"p\": 1 }", """{ "properties": { "p": { "writeOnly": true } } }"""), ValidationOptions.Default, default).Diagnostics.Single().Message, StringComparison.Ordinal);

    private static DiagnosticSet Validate(string text) =>
        DocumentValidation.Validate(Documents.Create(text, dialect: SyntaxDialect.JsonWithComments), ValidationOptions.Default, default);

    private static string Ids(DiagnosticSet set) => string.Join(' ', set.Diagnostics.Select(static diagnostic => diagnostic.Descriptor.Id));
}
