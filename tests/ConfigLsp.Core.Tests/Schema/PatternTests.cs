using System.Text;
using ConfigLsp.Core.Schema.Patterns;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>ECMA-262 patterns; each is also run on the backtracking engine, which must agree.</summary>
public sealed class PatternTests
{
    [Theory]
    [InlineData("^a{2,3}$", "aa", true)]
    [InlineData("^a{2,3}$", "aaaa", false)]
    [InlineData("^(ab|c)*?d$", "abcabd", true)]
    [InlineData("^.$", "😀", true)]
    [InlineData("^..$", "😀", false)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^[\\u{1F600}-\\u{1F64F}]$", "😀", true)]
    [InlineData("^\\uD83D\\uDE00$", "😀", true)]
    [InlineData("(?i)^straße-[^b]$", "STRASSE-A", false)]
    [InlineData("(?i)^[a-f]+$", "AbCdEf", true)]
    [InlineData("(?i)^[^b]$", "B", false)]
    [InlineData("\\bcat\\b", "a cat.", true)]
    [InlineData("\\bcat\\b", "concat", false)]
    [InlineData("^\\w+\\-x$", "a-x", true)]
    [InlineData("^[\\w-]+$", "a-b", true)]
    [InlineData("^\\p{Lu}\\P{Lu}$", "Éa", true)]
    [InlineData("^\\p{Script=Greek}+$", "λόγος", true)]
    [InlineData("^[]$", "a", false)]
    [InlineData("^[^]$", "\n", true)]
    [InlineData("^.$", "\n", false)]
    [InlineData("^\\cJ\\x41\\t\\0$", "\nA\t\0", true)]
    [InlineData("^${x}$", "${x}", false)]
    [InlineData("\\${x}", "${x}", true)]
    [InlineData("", "anything", true)]
    [InlineData("a|", "", true)]
    public void Patterns_match_as_in_ECMAScript(string pattern, string text, bool expected)
    {
        var compiled = SchemaPattern.Create(pattern);
        Assert.Null(compiled.Error);
        Assert.Equal(expected, compiled.IsMatch(Encoding.UTF8.GetBytes(text)));

        // An empty look-ahead changes nothing but the engine.
        var ignoreCase = pattern.StartsWith("(?i)", StringComparison.Ordinal) ? "(?i)" : string.Empty;
        var backtracking = SchemaPattern.Create($"{ignoreCase}(?=)(?:{pattern[ignoreCase.Length..]})");
        Assert.Equal(expected, backtracking.IsMatch(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("^(?=.*\\d).{3}$", "a1b", true)]
    [InlineData("^(?!x)", "xa", false)]
    [InlineData("(?<=\\$)\\d", "$5", true)]
    [InlineData("(?<!\\$)\\d$", "$5", false)]
    [InlineData("^(?<q>['\"]).*\\k<q>$", "'a'", true)]
    [InlineData("^(a)(b)\\2\\1$", "abba", true)]
    [InlineData("^(?:(a)|b)\\1$", "b", true)]
    public void Look_around_and_back_references_work(string pattern, string text, bool expected) =>
        Assert.Equal(expected, SchemaPattern.Create(pattern).IsMatch(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[")]
    [InlineData("*a")]
    [InlineData("a**")]
    [InlineData("a{3,2}")]
    [InlineData("[z-a]")]
    [InlineData("\\")]
    [InlineData("\\Z")]
    [InlineData("(?P<n>a)")]
    [InlineData("(?<n>a)\\k<m>")]
    [InlineData("\\1")]
    [InlineData("\\u{110000}")]
    [InlineData("\\p{Nonsense}")]
    [InlineData("(?i:a)")]
    public void Invalid_patterns_are_refused_with_a_reason(string pattern) => Assert.NotNull(SchemaPattern.Create(pattern).Error);
}
