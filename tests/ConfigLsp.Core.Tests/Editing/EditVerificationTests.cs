using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Editing;

/// <summary>The last line of defence is tried on its own, with results that the editor would never give.</summary>
public sealed class EditVerificationTests
{
    [Theory]
    [InlineData("{\"a\": 1, \"b\": 2}", "set /a 3", "{\"a\": 3, \"b\": 2}", true)]
    [InlineData("{\"a\": 1, \"b\": 2}", "set /a 3", "{\"a\": 4, \"b\": 2}", false)]
    [InlineData("{\"a\": 1, \"b\": 2}", "set /a 3", "{\"a\": 3, \"b\": 2.0}", false)]
    [InlineData("{\"a\": 1, \"b\": 2}", "set /a 3", "{\"a\": 3}", false)]
    [InlineData("{\"a\": 1, \"b\": 2}", "set /a 3", "{\"b\": 2, \"a\": 3}", false)]
    [InlineData("{\"a\": 1, \"a\": 2}", "set /a 3", "{\"a\": 3, \"a\": 2}", false)]
    [InlineData("{\"a\": 1}", "set /b/c 3", "{\"a\": 1, \"b\": {\"c\": 3}}", true)]
    [InlineData("{\"a\": 1}", "set /b/c 3", "{\"a\": 1, \"b\": {\"c\": 3, \"d\": 4}}", false)]
    [InlineData("{\"a\": 1}", "set /b/c 3", "{\"a\": 1, \"b\": {\"d\": 3}}", false)]
    [InlineData("{\"a\": 1}", "set /b 3", "{\"a\": 1, \"b\": 3,}", false)]
    [InlineData("{\"a\": 1}", "set /b 3", "{\"a\": 1 \"b\": 3}", false)]
    [InlineData("{\"a\": {\"b\": 1}, \"c\": [1]}", "set /a/b 3", "{\"a\": {\"b\": 3}, \"c\": [2]}", false)]
    [InlineData("[1, 2]", "insert . 1 3", "[1, 3, 2]", true)]
    [InlineData("[1, 2]", "insert . 1 3", "[1, 2, 3]", false)]
    [InlineData("[1, 2]", "insert . end 3", "[1, 2, 3, 3]", false)]
    [InlineData("[1, 2, 1]", "unset /0", "[2, 1]", true)]
    [InlineData("[1, 2, 1]", "unset /0", "[1, 2]", false)]
    [InlineData("[1, 2, 1]", "unset /0", "[2]", false)]
    [InlineData("{\"a\": 1, \"b\": 0, \"a\": 2}", "unset /a", "{\"b\": 0}", true)]
    [InlineData("{\"a\": 1, \"b\": 0, \"a\": 2}", "unset /a", "{\"a\": 1, \"b\": 0}", false)]
    [InlineData("{\"x\": {\"a\": 1}}", "unset /x/a", "{}", false)]
    [InlineData("// head", "set /a 1", "{\"a\": 1} 2", false)]
    [InlineData("// head", "set /a 1", "{\"a\": 1}", true)]
    public void Only_a_text_that_says_exactly_what_was_asked_for_holds(string before, string operation, string after, bool holds)
    {
        var edit = EditCase.ParseEdit(operation);
        var wanted = edit switch
        {
            SettingsEdit.Set set => JsonParser.Parse(SourceText.FromUtf8(set.Json)).Root,
            SettingsEdit.Insert insert => JsonParser.Parse(SourceText.FromUtf8(insert.Json)).Root,
            _ => default(SyntaxNode),
        };
        Assert.Equal(holds, EditVerification.Holds(JsonParser.Parse(SourceText.From(before)), JsonParser.Parse(SourceText.From(after)), edit, wanted, []));
    }
}
