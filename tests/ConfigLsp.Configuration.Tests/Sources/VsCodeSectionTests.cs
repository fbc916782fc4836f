using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Tests.Sources;

public sealed class VsCodeSectionTests
{
    [Theory]
    [InlineData("nofx", """{"nofx.maxAgents": 5, "editor.fontSize": 12}""", "maxAgents=5 @nofx.maxAgents")]
    [InlineData("nofx", """{"nofx.agent": {"max": 1}, "nofx.agent.min": 0}""", """agent={"max": 1} @nofx.agent|agent.min=0 @nofx.agent.min""")]
    [InlineData("nofx", """{"nofx": {"a": 1, "b.c": 2}}""", "a=1 @nofx>a|b.c=2 @nofx>b.c")]
    [InlineData("nofx", """{"nofx": 5, "nofxx.a": 1, "nofx.": 1, "nofx..a": 1, "NOFX.a": 1, "": 1}""", "")]
    [InlineData("a.b", """{"a.b.c": 1, "a.b": {"d": 2}, "a": {"b": {"e": 3}, "x": 4}, "a.x": 5}""", "c=1 @a.b.c|d=2 @a.b>d|e=3 @a>b>e")]
    [InlineData("a.b", """{"a": {"b": 5}, "a.b": null}""", "")]
    [InlineData("nofx", "[]", "")]
    [InlineData("nofx", "", "")]
    [InlineData("nofx", """{"nofx.a": 1, "nofx.a": 2, // broken""", "a=1 @nofx.a|a=2 @nofx.a")]
    public void The_entries_of_a_section_are_found(string section, string text, string expected) =>
        Assert.Equal(expected, string.Join('|', VsCodeSection.Enumerate(Parse(text), section).Select(static e => $"{e.Key}={e.Property.Value.Tree.Text.ToString(e.Property.Value.Span)} @{string.Join('>', e.Path)}")));

    [Theory]
    // The entry that holds the key now, the last one of several.
    [InlineData("""{"nofx.a": 1}""", "a", "nofx.a")]
    [InlineData("""{"nofx.a": 1, "nofx": {"a": 2}}""", "a", "nofx>a")]
    [InlineData("""{"nofx": {"a": 2}, "nofx.a": 1}""", "a", "nofx.a")]
    [InlineData("""{"nofx.a": {"b": {"c": 1}}}""", "a.b.c", "nofx.a>b>c")]
    [InlineData("""{"nofx.a.b": {"c": 1}}""", "a.b.c", "nofx.a.b>c")]
    // Else the object of an entry around it.
    [InlineData("""{"nofx.a": {"x": 1}}""", "a.b.c", "nofx.a>b>c")]
    // Else an entry of its own.
    [InlineData("{}", "a.b", "nofx.a.b")]
    [InlineData("", "a", "nofx.a")]
    [InlineData("""{"nofx.a": 1}""", "a.b", "nofx.a.b")]
    [InlineData("""{"nofx": {"x": 1}}""", "a.b", "nofx.a.b")]
    public void An_update_writes_where_the_key_is_or_belongs(string text, string key, string expected) =>
        Assert.Equal(expected, string.Join('>', VsCodeSection.GetWritePath(Parse(text), "nofx", Key(key))));

    [Theory]
    [InlineData("""{"nofx.a": 1, "x": 1, "nofx": {"a": 2}, "nofx.a.b": 3, "nofx.ab": 4}""", "a", "nofx.a|nofx>a|nofx.a.b")]
    [InlineData("""{"nofx.a": {"b": 1, "c": 2}, "nofx.a.b": 3}""", "a.b", "nofx.a>b|nofx.a.b")]
    [InlineData("""{"nofx.a": 1}""", "b", "")]
    public void All_places_of_a_key_are_found(string text, string key, string expected) =>
        Assert.Equal(expected, string.Join('|', VsCodeSection.FindAll(Parse(text), "nofx", Key(key)).Select(static p => string.Join('>', p))));

    private static SettingKey Key(string text) => SettingKey.TryParse(text, out var key, out _) ? key : throw new ArgumentException(text, nameof(text));

    private static SyntaxTree Parse(string text) => JsonParser.Parse(SourceText.From(text));
}
