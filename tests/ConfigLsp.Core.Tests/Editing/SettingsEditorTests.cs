using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Editing;

public sealed class SettingsEditorTests
{
    public static TheoryData<string> CaseNames() => [.. EditCase.All().Select(static item => item.Name)];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void An_edit_changes_what_was_asked_for_and_nothing_else(string name)
    {
        var item = EditCase.All().Single(item => item.Name == name);
        var before = SourceText.From(item.Before);
        var applied = Assert.IsType<EditResult.Applied>(SettingsEditor.ApplyAll(JsonParser.Parse(before), item.Edits, EditOptions.Default));
        Assert.Equal(item.After, applied.Text.ToString());
        Assert.Equal(item.After, before.WithChanges(applied.Changes.AsSpan()).ToString());
        Assert.Same(applied.Text, applied.Tree.Text);
        Assert.Equal(item.Before == item.After, applied.IsNoChange);
        Assert.Equal(applied.IsNoChange, applied.Changes.IsEmpty);
    }

    [Theory]
    [InlineData("{\"a\":[1,2]}", "unset /a/2", EditRefusal.NotFound, "`/a/2` is not there.")]
    [InlineData("{}", "unset /a/0", EditRefusal.NotFound, "`/a/0` is not there.")]
    [InlineData("", "unset /a/0", EditRefusal.NotFound, "`/a/0` is not there.")]
    [InlineData("{\"a\":[1,2]}", "set /a/2 3", EditRefusal.NotFound, "`/a/2` is not there.")]
    [InlineData("{\"a\":[1,2]}", "insert /a 3 3", EditRefusal.NotFound, "`/a` has 2 elements, so none can be inserted at 3.")]
    [InlineData("{}", "insert /a end 1", EditRefusal.NotFound, "`/a` is not there.")]
    [InlineData("{}", "set /a/0/b 1", EditRefusal.NotFound, "`/a/0` is not there.")]
    [InlineData("", "insert . end 1", EditRefusal.NotFound, "The document is empty, so there is no array to insert into; set one first.")]
    [InlineData("{\"a\": 5}", "set /a/b/c 1", EditRefusal.NotAnObject, "`/a` is a number, but must be an object to hold `/a/b`; change or remove it first.")]
    [InlineData("{\"a\": null}", "set /a/b 1", EditRefusal.NotAnObject, "`/a` is null, but must be an object to hold `/a/b`; change or remove it first.")]
    [InlineData("{\"a\": [1]}", "set /a/b 1", EditRefusal.NotAnObject, "`/a` is an array, but must be an object to hold `/a/b`; change or remove it first.")]
    [InlineData("{\"a\": \"x\"}", "set /a/b 1", EditRefusal.NotAnObject, "`/a` is a string, but must be an object to hold `/a/b`; change or remove it first.")]
    [InlineData("[1]", "set /a 1", EditRefusal.NotAnObject, "the top-level value is an array, but must be an object to hold `/a`; change or remove it first.")]
    [InlineData("true", "unset /a", EditRefusal.NotAnObject, "the top-level value is a boolean, but must be an object to hold `/a`; change or remove it first.")]
    [InlineData("{\"a\": {}}", "set /a/0 1", EditRefusal.NotAnArray, "`/a` is an object, but must be an array to hold `/a/0`; change or remove it first.")]
    [InlineData("{\"a\": {}}", "insert /a end 1", EditRefusal.NotAnArray, "`/a` is an object, so no element can be inserted.")]
    [InlineData("{\"a\": 1}", "unset .", EditRefusal.InvalidPath, "The top-level value cannot be removed; name a property or an element.")]
    public void What_cannot_be_done_is_refused_with_the_reason(string text, string edit, EditRefusal kind, string message)
    {
        var refused = Refuse(text, edit);
        Assert.Equal(kind, refused.Kind);
        Assert.Equal(message, refused.Message, ignoreCase: true);
    }

    [Theory]
    [InlineData("{\"a\": 1", "set /a 2")]
    [InlineData("{\"a\": {\"b\": 1", "set /a/b 2")]
    [InlineData("{\"a\": {\"b\": 1", "unset /c")]
    [InlineData("{\"a\": [1, 2", "insert /a end 3")]
    [InlineData("{\"a\": }", "set /a 2")]
    [InlineData("[1, /* one */ , 2]", "insert . 1 3")]
    [InlineData("[1, /* one */ , 2]", "unset /0")]
    [InlineData("{\"a\" 1}", "set /a 2")]
    [InlineData("{a: 1}", "set /a 2")]
    [InlineData("{\"a\": 1, 'a': 1}", "set /a 1")]
    [InlineData("{\"a\": tru}", "set /a true")]
    [InlineData("{\"a\": 01}", "unset /a")]
    [InlineData("{\"a\": 'x'}", "set /a \"x\"")]
    [InlineData("{\"a\": [1, 2}", "set /a/0 2")]
    [InlineData("{\"a\": [1,,2]}", "set /a 2")]
    [InlineData("{\"a\": 1 \"b\": 2}", "set /a 2")]
    [InlineData("{\"a\": 1 \"b\": 2}", "unset /b")]
    [InlineData("[1 2]", "insert . 1 3")]
    [InlineData("{\"a\": 1 @}", "set /b 2")]
    [InlineData("{\"a\": 1,, }", "set /b 2")]
    [InlineData("{,}", "set /b 2")]
    [InlineData("{\"a\": \"x\n}", "set /b 2")]
    [InlineData("{\n<<<<<<< a\n\"a\": 1\n=======\n\"a\": 2\n>>>>>>> b\n}", "set /b 2")]
    [InlineData("@", "set /a 1")]
    [InlineData("/* open", "set /a 1")]
    [InlineData("nothing", "set . 1")]
    public void An_edit_at_a_broken_place_is_refused_and_says_where(string text, string edit)
    {
        var refused = Refuse(text, edit);
        Assert.True(refused.Kind == EditRefusal.SyntaxError, $"{refused.Kind}: {refused.Message}");
        Assert.NotNull(refused.Where);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2")]
    [InlineData("{\"a\": 1,}")]
    [InlineData("[1 2]")]
    [InlineData("1 // one")]
    [InlineData("tru")]
    [InlineData("'a'")]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    [InlineData("\uFEFF1")]
    [InlineData("\"a")]
    public void A_value_that_is_not_one_value_of_strict_json_is_refused(string json)
    {
        var tree = JsonParser.Parse(SourceText.From("{}"));
        Assert.Equal(EditRefusal.InvalidValue, Assert.IsType<EditResult.Refused>(SettingsEditor.Apply(tree, new SettingsEdit.Set(["a"], json), EditOptions.Default)).Kind);
        Assert.Equal(EditRefusal.InvalidValue, Assert.IsType<EditResult.Refused>(SettingsEditor.Apply(tree, new SettingsEdit.Insert([], null, json), EditOptions.Default)).Kind);
    }

    [Fact]
    public void Values_and_paths_may_be_deep_but_not_without_bound()
    {
        var tree = JsonParser.Parse(SourceText.From("{}"));
        SettingsEdit.Set Nested(int depth) => new(["a"], new string('[', depth) + new string(']', depth));
        SettingsEdit.Set Far(int length) => new([.. Enumerable.Repeat(new PathSegment("k"), length)], "1");
        Assert.IsType<EditResult.Applied>(SettingsEditor.Apply(tree, Nested(128), EditOptions.Default));
        Assert.IsType<EditResult.Applied>(SettingsEditor.Apply(tree, Far(128), EditOptions.Default));
        Assert.Equal(EditRefusal.InvalidValue, Assert.IsType<EditResult.Refused>(SettingsEditor.Apply(tree, Nested(129), EditOptions.Default)).Kind);
        Assert.Equal(EditRefusal.InvalidValue, Assert.IsType<EditResult.Refused>(SettingsEditor.Apply(tree, Nested(100_000), EditOptions.Default)).Kind);
        Assert.Equal(EditRefusal.InvalidPath, Assert.IsType<EditResult.Refused>(SettingsEditor.Apply(tree, Far(129), EditOptions.Default)).Kind);
    }

    [Fact]
    public void One_refused_edit_of_several_changes_nothing_and_is_named()
    {
        var tree = JsonParser.Parse(SourceText.From("{\"first\": 0, \"a\": 5}"));
        var result = SettingsEditor.ApplyAll(tree, [EditCase.ParseEdit("set /first 1000000"), EditCase.ParseEdit("set /a/b 1")], EditOptions.Default);
        var refused = Assert.IsType<EditResult.Refused>(result);
        Assert.Equal(1, refused.EditIndex);
        Assert.Equal("5", tree.Text.ToString(refused.Where!.Value));
    }

    [Fact]
    public void Edits_that_undo_each_other_are_no_change()
    {
        var tree = JsonParser.Parse(SourceText.From("{\"a\": 1, \"b\": 2}"));
        var result = SettingsEditor.ApplyAll(tree, [EditCase.ParseEdit("set /a 5"), EditCase.ParseEdit("set /c 5"), EditCase.ParseEdit("set /a 1"), EditCase.ParseEdit("unset /c")], EditOptions.Default);
        Assert.True(Assert.IsType<EditResult.Applied>(result).IsNoChange);
    }

    [Theory]
    [InlineData("a\"b\\c\n\u0001", "\"a\\\"b\\\\c\\n\\u0001\"")]
    [InlineData("😀 é / \u007f", "\"😀 é / \u007f\"")]
    [InlineData("", "\"\"")]
    [InlineData("0", "\"0\"")]
    public void Names_are_escaped_as_json_demands_and_found_again(string key, string expected)
    {
        var applied = Assert.IsType<EditResult.Applied>(SettingsEditor.Apply(JsonParser.Parse(SourceText.From("{\"x\": 1}")), new SettingsEdit.Set([key], "2"), EditOptions.Default));
        Assert.Equal($"{{\"x\": 1, {expected}: 2}}", applied.Text.ToString());
        var again = Assert.IsType<EditResult.Applied>(SettingsEditor.Apply(applied.Tree, new SettingsEdit.Unset([key]), EditOptions.Default));
        Assert.Equal("{\"x\": 1}", again.Text.ToString());
    }

    [Fact]
    public void A_name_with_half_a_surrogate_pair_is_written_as_an_escape()
    {
        // Not a case of the theory above: attributes cannot hold such a string.
        var applied = Assert.IsType<EditResult.Applied>(SettingsEditor.Apply(JsonParser.Parse(SourceText.From("{\"x\":1}")), new SettingsEdit.Set(["\ud800"], "2"), EditOptions.Default));
        Assert.Equal("{\"x\":1,\"\\ud800\":2}", applied.Text.ToString());
        Assert.True(Assert.IsType<EditResult.Applied>(SettingsEditor.Apply(applied.Tree, new SettingsEdit.Set(["\ud800"], "2"), EditOptions.Default)).IsNoChange);
        Assert.True(Assert.IsType<EditResult.Applied>(SettingsEditor.Apply(applied.Tree, new SettingsEdit.Unset(["\ud801"]), EditOptions.Default)).IsNoChange);
    }

    [Theory]
    [InlineData(null, false, false, "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n")]
    [InlineData(4, false, true, "{\r\n    \"a\": {\r\n        \"b\": 1\r\n    }\r\n}\r\n")]
    [InlineData(4, true, false, "{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}\n")]
    public void Options_decide_the_style_of_a_document_that_has_none(int? size, bool tabs, bool returns, string expected)
    {
        var options = new EditOptions { IndentSize = size, UseTabs = tabs, UseCarriageReturns = returns };
        var applied = Assert.IsType<EditResult.Applied>(SettingsEditor.Apply(JsonParser.Parse(SourceText.Empty), new SettingsEdit.Set(["a", "b"], "1"), options));
        Assert.Equal(expected, applied.Text.ToString());
    }

    [Theory]
    [InlineData(100_000, "")]
    [InlineData(9_000, ", \"b\": tru")]
    public void Any_number_of_occurrences_of_one_key_are_removed_also_beside_errors(int count, string between)
    {
        var text = "{\"x\": 0" + string.Concat(Enumerable.Repeat(", \"c\": 5" + between + ", \"a\": 1", count)) + "}";
        var tree = JsonParser.Parse(SourceText.From(text));
        var applied = Assert.IsType<EditResult.Applied>(SettingsEditor.Apply(tree, new SettingsEdit.Unset(["c"]), EditOptions.Default));
        Assert.Equal(text.Replace("\"c\": 5, ", "", StringComparison.Ordinal), applied.Text.ToString());
        Assert.Equal(tree.Errors.Length, applied.Tree.Errors.Length);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_stay_as_they_are()
    {
        byte[] before = [.. "{\"x\": \""u8, 0xFF, 0xC3, .. "\", \"a\": 1}"u8];
        var applied = Assert.IsType<EditResult.Applied>(SettingsEditor.Apply(JsonParser.Parse(SourceText.FromUtf8(before)), new SettingsEdit.Set(["a"], "2"), EditOptions.Default));
        Assert.Equal([.. before[..^2], .. "2}"u8], applied.Text.Span.ToArray());
    }

    private static EditResult.Refused Refuse(string text, string edit) =>
        Assert.IsType<EditResult.Refused>(SettingsEditor.Apply(JsonParser.Parse(SourceText.From(text)), EditCase.ParseEdit(edit), EditOptions.Default));
}
