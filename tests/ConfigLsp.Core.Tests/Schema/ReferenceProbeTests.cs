using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features.Hover;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Tests.Features;
using ConfigLsp.Testing;
using static ConfigLsp.Core.Tests.Schema.SchemaTestCase;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>Questions that widely used validators and editors answer wrongly, each in every draft where it makes a difference.</summary>
public sealed class ReferenceProbeTests
{
    private const string Draft04 = "http://json-schema.org/draft-04/schema#";
    private const string Draft06 = "http://json-schema.org/draft-06/schema#";
    private const string Draft07 = "http://json-schema.org/draft-07/schema#";
    private const string Draft201909 = "https://json-schema.org/draft/2019-09/schema";
    private const string Draft202012 = "https://json-schema.org/draft/2020-12/schema";

    [Theory]
    [InlineData(Draft04, "1.0", false)]
    [InlineData(Draft06, "1.0", true)]
    [InlineData(Draft07, "1.0", true)]
    [InlineData(Draft201909, "1.0", true)]
    [InlineData(Draft202012, "1.0", true)]
    [InlineData(Draft04, "1e-3", false)]
    [InlineData(Draft07, "1e-3", false)]
    [InlineData(Draft202012, "1e-3", false)]
    [InlineData(Draft202012, "1000e-3", true)]
    [InlineData(Draft202012, "1e400", true)]
    public void An_integer_is_what_the_draft_calls_one(string draft, string number, bool isValid) =>
        Assert.Equal(isValid, IsValid(draft, "\"type\":\"integer\"", number));

    [Theory]
    [InlineData("\"const\":9007199254740993", "9007199254740992", false)]
    [InlineData("\"const\":9007199254740993", "9007199254740993.0", true)]
    [InlineData("\"enum\":[9007199254740993]", "9007199254740992", false)]
    [InlineData("\"maximum\":9007199254740992", "9007199254740993", false)]
    [InlineData("\"minimum\":9007199254740993", "9007199254740992", false)]
    [InlineData("\"exclusiveMaximum\":0.1", "0.09999999999999999999999999", true)]
    [InlineData("\"multipleOf\":0.01", "19.99", true)]
    [InlineData("\"multipleOf\":2", "9007199254740993", false)]
    [InlineData("\"uniqueItems\":true", "[9007199254740992, 9007199254740993]", true)]
    [InlineData("\"uniqueItems\":true", "[1, 1.0]", false)]
    [InlineData("\"uniqueItems\":true", "[{\"a\":10e-1}, {\"a\":1}]", false)]
    [InlineData("\"uniqueItems\":true", "[1, true, 0, false, \"1\"]", true)]
    public void Numbers_are_compared_exactly(string keywords, string document, bool isValid) => Assert.Equal(isValid, IsValid(Draft202012, keywords, document));

    [Theory]
    [InlineData("\"properties\":{\"ab\":{\"type\":\"integer\"}},\"patternProperties\":{\"^a\":{\"minimum\":5}}", "{\"ab\":\"x\"}", false)]
    [InlineData("\"properties\":{\"ab\":{\"type\":\"integer\"}},\"patternProperties\":{\"^a\":{\"minimum\":5}}", "{\"ab\":1}", false)]
    [InlineData("\"properties\":{\"ab\":{\"type\":\"integer\"}},\"patternProperties\":{\"^a\":{\"minimum\":5}}", "{\"ab\":7}", true)]
    [InlineData("\"patternProperties\":{\"^a\":{\"minimum\":5},\"b$\":{\"maximum\":9}}", "{\"ab\":1}", false)]
    [InlineData("\"patternProperties\":{\"^a\":{\"minimum\":5},\"b$\":{\"maximum\":9}}", "{\"ab\":10}", false)]
    [InlineData("\"patternProperties\":{\"^a\":{\"minimum\":5},\"b$\":{\"maximum\":9}}", "{\"ab\":7}", true)]
    [InlineData("\"patternProperties\":{\"^a\":true},\"additionalProperties\":false", "{\"ab\":7}", true)]
    public void Every_schema_that_knows_a_key_applies(string keywords, string document, bool isValid)
    {
        Assert.Equal(isValid, IsValid(Draft07, keywords, document));
        Assert.Equal(isValid, IsValid(Draft202012, keywords, document));
    }

    [Theory]
    [InlineData(Draft04, true)]
    [InlineData(Draft06, true)]
    [InlineData(Draft07, true)]
    [InlineData(Draft201909, false)]
    [InlineData(Draft202012, false)]
    public void Assertions_beside_a_reference_count_from_2019_on_and_descriptions_always(string draft, bool isValid)
    {
        var schema = $$"""{"$schema":"{{draft}}","properties":{"port":{"$ref":"#/definitions/port","maximum":5,"title":"The port","description":"Where it listens.","deprecated":true} },"definitions":{"port":{"type":"integer"} } }""";
        var result = SchemaEvaluator.Evaluate(Parse("""{"port": 9}"""), Compile(schema), EvaluationOptions.Default);
        Assert.Equal(isValid, result.IsValid);
        Assert.Contains(result.Diagnostics, static d => d.Descriptor == DiagnosticCatalog.DeprecatedKey);
        Assert.Equal(!isValid, result.Diagnostics.Any(static d => d.Descriptor == DiagnosticCatalog.NumberTooLarge));

        var marked = MarkedText.Parse("""{ "po$$rt": 9 }""");
        var hover = HoverFeature.Hover(Documents.Create(marked.Text, schema), marked.Caret, default);
        Assert.Contains("The port", hover!.Markdown, StringComparison.Ordinal);
        Assert.Contains("Where it listens.", hover.Markdown, StringComparison.Ordinal);
        Assert.Contains("Deprecated", hover.Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"old\":1,\"new\":1}", true)]
    [InlineData("{\"old\":1}", false)]
    [InlineData("{\"new\":1}", false)]
    public void A_deprecated_key_within_a_condition_neither_fails_nor_warns(string document, bool isValid)
    {
        var result = Evaluate(
            """{"if":{"required":["old"],"properties":{"old":{"deprecated":true,"deprecationMessage":"Use new."}}},"then":{"required":["new"]},"else":false}""", document);
        Assert.Equal(isValid, result.IsValid);
        Assert.DoesNotContain(result.Diagnostics, static d => d.Descriptor == DiagnosticCatalog.DeprecatedKey);
    }

    [Fact]
    public void A_schema_of_twenty_three_thousand_lines_takes_no_more_steps_than_what_the_document_uses()
    {
        var schema = Compile("{\"properties\":{\n" + string.Join(",\n", Enumerable.Range(0, 23_000).Select(static i =>
            $"\"setting{i}\":{{\"type\":[\"integer\",\"null\"],\"minimum\":0,\"description\":\"Number {i}.\"}}")) + "},\n\"additionalProperties\":false}");
        var document = Parse($"{{{string.Join(',', Enumerable.Range(0, 1000).Select(static i => $"\"setting{i * 23}\":{i}"))}}}");
        var evaluation = new Evaluation(document, schema, EvaluationOptions.Default, CancellationToken.None);
        Assert.True(evaluation.IsValid(schema.Root, document.Root));
        Assert.InRange(evaluation.Steps, 1000, 5000);
    }

    [Theory]
    [InlineData("date-time", "2026-01-31T08:30:00Z", "2026-02-30T08:30:00Z")]
    [InlineData("date", "2024-02-29", "2026-02-29")]
    [InlineData("time", "08:30:00+02:00", "08:30:00")]
    [InlineData("duration", "P1DT12H", "P1D12H")]
    [InlineData("email", "joe@example.com", "joe.example.com")]
    [InlineData("idn-email", "실례@실례.테스트", "실례")]
    [InlineData("hostname", "host.example.com", "-host.example.com")]
    [InlineData("idn-hostname", "실례.테스트", "〮실례.테스트")]
    [InlineData("ipv4", "192.0.2.1", "192.0.2.256")]
    [InlineData("ipv6", "2001:db8::1", "2001:db8:::1")]
    [InlineData("uri", "https://example.com/a?b#c", "/relative")]
    [InlineData("uri-reference", "../path", "a\\\\b")]
    [InlineData("iri", "https://example.com/é", "/é")]
    [InlineData("iri-reference", "é/path", "a\\\\b")]
    [InlineData("uri-template", "https://example.com/{id}", "https://example.com/{id")]
    [InlineData("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638")]
    [InlineData("json-pointer", "/a~1b/0", "/a~2")]
    [InlineData("relative-json-pointer", "1/a", "/a")]
    [InlineData("regex", "^[a-z]+$", "^(a")]
    [InlineData("color-hex", "#1e90ff", "#1e90f")]
    public void Every_format_is_checked_where_formats_are_asserted(string format, string valid, string invalid)
    {
        foreach (var draft in (string[])[Draft07, Draft202012])
        {
            var keywords = $"\"format\":\"{format}\"";
            Assert.True(IsValid(draft, keywords, $"\"{valid}\""));
            Assert.False(IsValid(draft, keywords, $"\"{invalid}\""));
            Assert.True(IsValid(draft, keywords, "17"));
        }
    }

    [Theory]
    [InlineData("licence-plate")]
    [InlineData("")]
    [InlineData("DATE")]
    public void Unknown_formats_accept_everything(string format) => Assert.True(IsValid(Draft202012, $"\"format\":\"{format}\"", "\"anything\""));

    [Fact]
    public void No_format_takes_more_than_linear_time()
    {
        string[] parts = ["a", "a.", "1", ":", "-", "{", "{a,", "xn--", "xn--a.", "%41", "é", "@", "\\\"", "/~0", "~", "P1D", "(", "[a", "\\\\", "a@", ".", "::1", "?", "ー", "\\u0301"];
        foreach (var part in parts)
        {
            var text = Parse($"\"{new StringBuilder().Insert(0, part, 200_000 / part.Length)}\"");
            foreach (var format in ConfigLsp.Core.Schema.Formats.StringFormat.Names)
            {
                var schema = Compile($"{{\"format\":\"{format}\"}}");
                SchemaEvaluator.Evaluate(text, schema, EvaluationOptions.Default);
            }
        }
    }

    private static bool IsValid(string draft, string keywords, string document)
    {
        var result = SchemaEvaluator.Evaluate(Parse(document), Compile($"{{\"$schema\":\"{draft}\",{keywords}}}"), EvaluationOptions.Default);
        Assert.Equal(!result.IsValid, result.Diagnostics.Any(static d => d.Severity == DiagnosticSeverity.Error));
        return result.IsValid;
    }
}
