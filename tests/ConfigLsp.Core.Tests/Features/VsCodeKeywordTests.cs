using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features.Completion;
using ConfigLsp.Core.Features.Hover;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Features;

/// <summary>The keywords that schemas have for VS Code, each where it shows.</summary>
public sealed class VsCodeKeywordTests
{
    [Theory]
    [InlineData("""{"properties":{"a":{"type":"integer","errorMessage":"Give a number."}}}""", """{"a":"x"}""", "Give a number.")]
    [InlineData("""{"properties":{"a":{"pattern":"^x","patternErrorMessage":"Begin with x."}}}""", """{"a":"y"}""", "Begin with x.")]
    [InlineData("""{"properties":{"a":{"pattern":"^x","patternErrorMessage":"Begin with x.","errorMessage":"No."}}}""", """{"a":"y"}""", "Begin with x.")]
    [InlineData("""{"properties":{"a":{"deprecationMessage":"Use b."}}}""", """{"a":1}""", "`a` is deprecated: Use b.")]
    [InlineData("""{"properties":{"a":{"pattern":"(?i)^abc$"}}}""", """{"a":"ABC"}""", null)]
    [InlineData("""{"properties":{"a":{"pattern":"^abc$"}}}""", """{"a":"ABC"}""", "`a` must match the pattern `^abc$`, but is \"ABC\".")]
    [InlineData("""{"properties":{"a":{"format":"color-hex"}}}""", """{"a":"1e90ff"}""", "`a` must be a colour in hexadecimal, but is \"1e90ff\". Write \"#1e90ff\".")]
    [InlineData("""{"properties":{"a":{"format":"color-hex"}}}""", """{"a":"#1E90FF"}""", null)]
    [InlineData("""{"allowComments":true}""", "{} // yes", null)]
    [InlineData("""{"allowComments":false}""", "{} // no", "Plain JSON has no comments; remove it.")]
    [InlineData("""{"allowTrailingCommas":true}""", """{"a":1,}""", null)]
    public void Findings_follow_the_keyword(string schema, string document, string? message)
    {
        string[] expected = message is null ? [] : [message];
        Assert.Equal(expected, Validate(document, schema).Select(static d => d.Message));
    }

    [Fact]
    public void A_deprecation_is_a_hint_that_editors_strike_through()
    {
        var found = Assert.Single(Validate("""{"a":1}""", """{"properties":{"a":{"deprecationMessage":"Use b."}}}"""));
        Assert.Equal((DiagnosticSeverity.Hint, DiagnosticTags.Deprecated), (found.Severity, found.Descriptor.Tags));
    }

    [Theory]
    [InlineData("""{"enum":["x"],"enumDescriptions":["The *x*."]}""", "- `\"x\"`: The \\*x\\*.")]
    [InlineData("""{"enum":["x"],"enumDescriptions":["no"],"markdownEnumDescriptions":["The **x**."]}""", "- `\"x\"`: The **x**.")]
    [InlineData("""{"description":"no","markdownDescription":"See **this**."}""", "See **this**.")]
    [InlineData("""{"deprecationMessage":"Use b."}""", "Deprecated: Use b.")]
    public void Hovers_show_the_keyword(string schema, string expected)
    {
        var marked = MarkedText.Parse("""{"$$a": "x"}""");
        var info = HoverFeature.Hover(Documents.Create(marked.Text, AsMember(schema)), marked.Caret, default);
        Assert.Contains(expected, info!.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_ordered_and_described_as_the_schema_says()
    {
        var items = Complete(
            """{"a": $$}""",
            """{"enum":["x","y","z"],"enumSortTexts":["3","1","2"],"enumDetails":["first","second"],"markdownEnumDescriptions":["The **x**."]}""");
        Assert.Equal(["\"y\"", "\"z\"", "\"x\""], items.Select(static i => i.Label));
        Assert.Equal(["second", null, "first"], items.Select(static i => i.Detail));
        Assert.Equal("The **x**.", items[2].Documentation);
    }

    [Fact]
    public void Keys_are_ordered_described_and_hidden_as_the_schema_says()
    {
        var marked = MarkedText.Parse("{$$}");
        const string Schema = """
            {"properties":{
              "late":{"suggestSortText":"b"},
              "early":{"suggestSortText":"a","completionDetail":"the one to use","markdownDescription":"**Bold.**"},
              "hidden":{"doNotSuggest":true}}}
            """;
        var items = CompletionFeature.Complete(Documents.Create(marked.Text, Schema), marked.Caret, default).Items;
        Assert.Equal(["early", "late"], items.Select(static i => i.Label));
        Assert.Equal("the one to use", items[0].Detail);
        Assert.Contains("**Bold.**", items[0].Documentation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"label":"A server","description":"On this machine.","body":{"host":"${1:localhost}","port":"^${2:80}"}}""", "A server", "{\n\t\"host\": \"${1:localhost}\",\n\t\"port\": ${2:80}\n}", "{\n\t\"host\": \"localhost\",\n\t\"port\": 80\n}")]
    [InlineData("""{"label":"one of two","body":"${1|left,right|}"}""", "one of two", "\"${1|left,right|}\"", "\"left\"")]
    [InlineData("""{"label":"as it is","bodyText":"[$1, \\$x, ${2:a ${3:b}}]"}""", "as it is", "[$1, \\$x, ${2:a ${3:b}}]", "[, $x, a b]")]
    [InlineData("""{"body":[1,true,null,[]]}""", "[ \t1, \ttrue, \tnull, \t[] ]", "[\n\t1,\n\ttrue,\n\tnull,\n\t[]\n]", "[\n\t1,\n\ttrue,\n\tnull,\n\t[]\n]")]
    public void Snippets_of_the_schema_are_offered_for_its_value(string snippet, string label, string expected, string plain)
    {
        var item = Complete("""{"a": $$}""", $$"""{"defaultSnippets":[{{snippet}}, 3, {}, {"label":"without a body"}]}""").Single(static i => i.Kind == CompletionItemKind.Snippet);
        Assert.Equal((label, expected, plain), (item.Label, item.Snippet, item.NewText));
    }

    [Fact]
    public void A_snippet_without_an_end_is_read_to_the_end_of_the_text()
    {
        foreach (var broken in (ReadOnlySpan<string>)["$", "${", "${1", "${1:", "${1|", "${1|a", "\\", "a\\"])
        {
            Assert.Single(Complete("""{"a": $$}""", $$"""{"defaultSnippets":[{"label":"x","bodyText":"{{broken.Replace("\\", "\\\\", StringComparison.Ordinal)}}"}]}"""), static i => i.Label == "x");
        }
    }

    private static Diagnostic[] Validate(string document, string schema) =>
        [.. DocumentValidation.Validate(Documents.Create(document, schema), ValidationOptions.Default, default).Diagnostics];

    private static string AsMember(string schema) => "{\"properties\":{\"a\":" + schema + "}}";

    private static CompletionItem[] Complete(string markup, string schema)
    {
        var marked = MarkedText.Parse(markup);
        return [.. CompletionFeature.Complete(Documents.Create(marked.Text, AsMember(schema)), marked.Caret, default).Items];
    }
}
