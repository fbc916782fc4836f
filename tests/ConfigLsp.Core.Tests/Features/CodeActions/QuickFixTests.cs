using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features.CodeActions;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Tests.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Features.CodeActions;

public sealed class QuickFixTests
{
    public static TheoryData<string> Names => [.. FixCase.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fix_does_what_its_title_says(string name)
    {
        var test = FixCase.All[name];
        var snapshot = test.Snapshot(test.Marked.Text);
        if (test.Do == FixCase.FixAll)
        {
            Assert.Equal(test.After, snapshot.Text.WithChanges(Fixer().Fix(snapshot, default).AsSpan()).ToString());
            return;
        }

        var actions = test.Find(snapshot);
        if (test.Offers is { } offers)
        {
            Assert.Equal(offers, string.Join(" | ", actions.Select(static a => (a.IsPreferred ? "*" : string.Empty) + a.Title)));
        }

        var action = actions.FirstOrDefault(a => a.Title == test.Do);
        Assert.True(action is not null, $"Offered: {string.Join(" | ", actions.Select(static a => a.Title))}");
        var fixedText = snapshot.Text.WithChanges(CodeActionFeature.Resolve(snapshot, action.Edit).AsSpan()).ToString();
        Assert.Equal(test.After, fixedText);
        Assert.True(test.CountOf(test.Snapshot(fixedText)) < test.CountOf(snapshot), "The finding is still there.");
    }

    [Fact]
    public void Every_rule_that_has_fixes_is_among_the_cases()
    {
        var tested = FixCase.All.Values.Select(static c => c.Rule).ToHashSet(StringComparer.Ordinal);
        Assert.All(QuickFixes.Rules, rule => Assert.Contains(rule.Id, tested));
    }

    [Fact]
    public void Only_one_action_of_a_finding_is_preferred() => Assert.All(FixCase.All.Values.Where(static c => c.Do != FixCase.FixAll), static test =>
        Assert.InRange(test.Find(test.Snapshot(test.Marked.Text)).Count(static a => a.IsPreferred), 0, 1));

    [Fact]
    public void Every_action_at_every_caret_of_every_sample_can_be_made()
    {
        foreach (var sample in JsonSamples.All.Concat(FixCase.All.Values.Select(static c => c.Marked.Text)))
        {
            var snapshot = Documents.Create(sample);
            var found = FixCase.Validate(snapshot).Diagnostics;
            foreach (var action in found.SelectMany(f => CodeActionFeature.QuickFixesAt(snapshot, found, f.Span, default)))
            {
                Assert.NotEmpty(action.Title);
                Assert.DoesNotContain('\n', action.Title);
                snapshot.Text.WithChanges(CodeActionFeature.Resolve(snapshot, action.Edit).AsSpan());
            }
        }
    }

    [Fact]
    public void Fixing_all_never_makes_a_document_worse_and_leaves_nothing_for_a_second_time()
    {
        var samples = JsonSamples.All.Concat(FixCase.All.Values.Select(static c => c.Marked.Text)).ToArray();
        var pieces = samples.SelectMany(static s => s.Split('\n')).Distinct(StringComparer.Ordinal).ToArray();
        var random = new Random(20240607);
        var mixed = Enumerable.Range(0, 300).Select(_ => string.Join('\n', random.GetItems(pieces, random.Next(1, 6))));
        foreach (var sample in samples.Concat(mixed))
        {
            var before = Documents.Create(sample);
            var after = Documents.Create(Apply(before));
            Assert.True(Errors(after) <= Errors(before), sample);
            Assert.Equal(after.Text.ToString(), Apply(after));
        }
    }

    [Theory]
    [InlineData("{ \"server\": {}")]
    [InlineData("{ \"port\": 1, \"port\": }")]
    [InlineData("{ \"server\": { \"host\" }")]
    public void A_fix_that_a_broken_text_does_not_allow_is_not_offered(string text)
    {
        const string Schema = """{ "required": ["a", "b"], "properties": { "server": { "required": ["c", "d"] } } }""";
        var snapshot = Documents.Create(text, Schema);
        var found = FixCase.Validate(snapshot).Diagnostics;
        var whole = CodeActionFeature.QuickFixesAt(snapshot, found, snapshot.Text.FullSpan, default);
        var inside = Enumerable.Range(0, text.Length).SelectMany(at => CodeActionFeature.RewritesAt(snapshot, found, new TextSpan(at, 0), default));
        Assert.NotEmpty(whole);
        Assert.All(whole.Concat(inside), action => Assert.True(!CodeActionFeature.Resolve(snapshot, action.Edit).IsEmpty, action.Title));
    }

    [Fact]
    public void Titles_of_fixes_in_a_secret_do_not_show_it()
    {
        const string Schema = """{ "properties": { "key": { "type": "string", "writeOnly": true }, "on": { "type": "boolean" } } }""";
        var snapshot = Documents.Create("{ \"key\": 0x1F }", Schema);
        var found = FixCase.Validate(snapshot).Diagnostics;
        var titles = CodeActionFeature.QuickFixesAt(snapshot, found, snapshot.Text.FullSpan, default).Select(static a => a.Title).ToArray();
        Assert.Contains("Write the number as JSON does", titles);
        Assert.All(titles, static title => Assert.DoesNotContain("31", title, StringComparison.Ordinal));
    }

    [Fact]
    public void All_missing_keys_are_offered_anywhere_in_their_object()
    {
        var snapshot = Documents.Create("{ \"a\": { \"x\": 1 } }", """{ "properties": { "a": { "required": ["b", "c"] } } }""");
        var found = FixCase.Validate(snapshot).Diagnostics;
        var action = Assert.Single(CodeActionFeature.RewritesAt(snapshot, found, new TextSpan(10, 0), default));
        Assert.Equal((CodeActionKind.Rewrite, "Add all 2 missing keys"), (action.Kind, action.Title));
        Assert.Empty(CodeActionFeature.RewritesAt(snapshot, found, new TextSpan(1, 0), default));
    }

    [Fact]
    public void Fixing_all_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Fixer().Fix(Documents.Create("{ \"a\": [1,], \"name\": \"1\" }"), cancelled.Token));
    }

    private static FixAll Fixer() => new(ValidationOptions.Default with { HonorsSuppressions = true }, JsonParser.Parse);

    private static string Apply(ConfigLsp.Core.Features.DocumentSnapshot snapshot) => snapshot.Text.WithChanges(Fixer().Fix(snapshot, default).AsSpan()).ToString();

    private static int Errors(ConfigLsp.Core.Features.DocumentSnapshot snapshot) =>
        FixCase.Validate(snapshot).Diagnostics.Count(static d => d.Severity == DiagnosticSeverity.Error);
}
