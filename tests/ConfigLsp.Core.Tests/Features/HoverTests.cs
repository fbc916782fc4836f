using ConfigLsp.Core.Features.Hover;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Features;

public sealed class HoverTests
{
    [Theory]
    [InlineData("{ [|\"max$$Agents\"|]: 5 }")]
    [InlineData("{ \"maxAgents\": [|$$5|] }")]
    public void Key_and_value_are_explained(string markup)
    {
        var (info, marked) = Hover(markup);
        Assert.NotNull(info);
        Assert.Equal(marked.Spans[0], info.Span);
        Assert.Equal("""
            **Most agents**

            How many \*agents\* may run.

            Type: `integer`  
            Range: at least `1`, at most `50`  
            Default: `3`

            [test.schema.json](<file:///test.schema.json#L9,18>)
            """, info.Markdown);
    }

    [Fact]
    public void Allowed_values_are_listed_with_their_meaning() =>
        Assert.Contains("- `\"debug\"`: Everything.\n- `\"info\"`: The usual.", Hover("{ \"logLevel\": $$ \"x\" }".Replace("$$ ", "$$", StringComparison.Ordinal)).Info!.Markdown, StringComparison.Ordinal);

    [Fact]
    public void A_number_with_a_unit_is_said_in_larger_units() =>
        Assert.Contains("`90500` ms = 1 min 30 s 500 ms", Hover("{ \"delay\": 905$$00 }").Info!.Markdown, StringComparison.Ordinal);

    [Fact]
    public void A_deprecated_key_says_so() => Assert.Contains("⚠ Deprecated: Use name.", Hover("{ \"o$$ld\": \"\" }").Info!.Markdown, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ \"maxAgents\"$$ : 5 }", true)]
    [InlineData("{ \"maxAgents\" : $$ 5 }", false)]
    [InlineData("{ $$ \"maxAgents\": 5 }", false)]
    [InlineData("{ \"unknown\": $$5 }", false)]
    [InlineData("// $$ comment\n{}", false)]
    public void Only_tokens_are_explained(string markup, bool expected) => Assert.Equal(expected, Hover(markup).Info is not null);

    [Theory]
    [InlineData("{ \"max$$Agents\": 99 }", true)]
    [InlineData("{ \"maxAgents\": 9$$9 }", true)]
    [InlineData("{ \"maxAgents\": 99, \"en$$abled\": true }", false)]
    [InlineData("$${ \"maxAgents\": 99, \"name\": \"x\" }", false)]
    public void What_is_wrong_at_this_place_is_said_first(string markup, bool isSaid)
    {
        var marked = MarkedText.Parse(markup);
        var snapshot = Documents.Create(marked.Text);
        var findings = DocumentValidation.Validate(snapshot, ValidationOptions.Default, default).Diagnostics;
        var markdown = HoverFeature.Hover(snapshot, marked.Caret, findings, default)?.Markdown ?? "";
        Assert.Equal(isSaid, markdown.StartsWith("✗ `maxAgents` must be at most 50".Replace("`", "\\`", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public void A_hover_is_no_longer_than_a_person_reads()
    {
        var schema = "{\"title\":\"T\",\"markdownDescription\":\"" + string.Concat(Enumerable.Repeat("many words\\n", 5_000)) + "\"}";
        var markdown = HoverFeature.Hover(Documents.Create("1", schema), 0, default)!.Markdown;
        Assert.InRange(markdown.Length, 1_000, 8_100);
        Assert.EndsWith("…", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_type_of_an_array_says_what_it_holds() =>
        Assert.Contains("Type: `string[]`", HoverFeature.Hover(Documents.Create("[]", """{"type":"array","items":{"type":"string"}}"""), 0, default)!.Markdown, StringComparison.Ordinal);

    [Fact]
    public void Every_caret_in_every_sample_is_answered()
    {
        foreach (var sample in Syntax.JsonSamples.All)
        {
            var snapshot = Documents.Create(sample);
            for (var caret = 0; caret <= snapshot.Text.Length; caret++)
            {
                Assert.True(HoverFeature.Hover(snapshot, caret, default) is not { } info || info.Span.Touches(caret));
            }
        }
    }

    private static (HoverInfo? Info, MarkedText Marked) Hover(string markup)
    {
        var marked = MarkedText.Parse(markup);
        return (HoverFeature.Hover(Documents.Create(marked.Text), marked.Caret, default), marked);
    }
}
