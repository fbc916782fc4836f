using System.Collections.Immutable;
using System.Text.Json;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigLsp.Core.Tests.Editing;

/// <summary>
/// Random edits of random documents. What must come out is said by a model that knows which comment belongs to what; what did come out is read
/// by a lexer of the tests and, where the document is sound, by System.Text.Json. Each case is one number, which a failure shows.
/// </summary>
public sealed class SettingsEditorPropertyTests
{
    private static readonly string[] NewValues = ["1", "true", "null", "\"x\"", "{}", "[]", "[1, {\"k\": []}]", "{\"k\": {\"l\": [1, 2]}, \"m\": \"n, {\"}"];

    [Fact]
    public void An_edit_of_a_sound_document_does_what_was_asked_for_and_nothing_else() => ForAllSeeds(4000, static seed => Check(seed, isBroken: false, edits: 1));

    [Fact]
    public void Several_edits_do_what_each_of_them_does() => ForAllSeeds(1000, static seed => Check(seed, isBroken: false, edits: 6));

    [Fact]
    public void An_edit_of_a_broken_document_works_where_its_place_is_sound_and_never_guesses() => ForAllSeeds(4000, static seed => Check(seed, isBroken: true, edits: 1));

    [Fact]
    public void Several_edits_of_a_broken_document_are_made_together_or_not_at_all() => ForAllSeeds(1000, static seed => Check(seed, isBroken: true, edits: 4));

    [Fact]
    public void Any_text_and_any_edit_give_a_verified_result_or_a_refusal()
    {
        var token = Gen.Elements("{", "}", "[", "]", ",", ":", "\"a\"", "\"a\":", "\"b\": 1,", "'a'", "a", "1", "nul", " ", "\n", "\r\n", "//c\n", "/*d*/", "/*", "\"", "@", "<<<<<<< x\n");
        var edit = Gen.Elements("set /a 1", "set /a/b {\"x\": [1]}", "set /0 1", "unset /a", "unset /0", "insert /a 0 1", "insert . end 1", "set . 2");
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5000),
            Prop.ForAll(token.ListOf().Select(string.Concat).ToArbitrary(), edit.ToArbitrary(), static (text, operation) =>
            {
                var tree = JsonParser.Parse(SourceText.From(text));
                if (SettingsEditor.Apply(tree, EditCase.ParseEdit(operation), EditOptions.Default) is EditResult.Applied applied)
                {
                    Assert.Equal(tree.Errors.Select(static error => error.Descriptor.Id), applied.Tree.Errors.Select(static error => error.Descriptor.Id));
                    Assert.Equal(applied.Text.ToString(), tree.Text.WithChanges(applied.Changes.AsSpan()).ToString());
                }
            }));
    }

    private static void ForAllSeeds(int count, Action<int> check) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), check));

    private static void Check(int seed, bool isBroken, int edits)
    {
        var random = new Random(seed);
        var generator = new DocumentGenerator(random, isBroken);
        var model = generator.Document();
        var text = new DocumentWriter(model, random).Write();
        var operations = ImmutableArray.CreateBuilder<SettingsEdit>();
        var outcomes = new List<ModelEdit>();
        var expectsRefusal = false;
        for (var i = 0; i < edits && !expectsRefusal; i++)
        {
            operations.Add(Edit(model, generator, random));
            outcomes.Add(ModelEdit.Apply(model, operations[i]));
            expectsRefusal = outcomes[i].Refusal is not null;
        }

        var tree = JsonParser.Parse(SourceText.From(text));
        var result = edits == 1
            ? SettingsEditor.Apply(tree, operations[0], EditOptions.Default)
            : SettingsEditor.ApplyAll(tree, operations.ToImmutable(), EditOptions.Default);
        var context = $"{text}\n--- {string.Join("\n--- ", operations.Select(Describe))}\n{(result is EditResult.Applied done ? done.Text : result)}";
        switch (result)
        {
            case EditResult.Refused refused when outcomes.Exists(static outcome => outcome.IsBroken):
                Assert.True(refused.Kind is EditRefusal.SyntaxError or EditRefusal.NotVerified || refused.Kind == outcomes[^1].Refusal, context);
                break;
            case EditResult.Refused refused:
                Assert.True(expectsRefusal && refused.Kind == outcomes[^1].Refusal && refused.EditIndex == outcomes.Count - 1, context);
                break;
            case EditResult.Applied applied:
                Assert.True(!expectsRefusal, context);
                Assert.True(applied.IsNoChange == applied.Changes.IsEmpty && applied.IsNoChange == ReferenceEquals(applied.Text, tree.Text), context);
                Assert.True(edits > 1 || applied.IsNoChange != outcomes[0].IsChange, context);
                Assert.True(tree.Text.WithChanges(applied.Changes.AsSpan()).Span.SequenceEqual(applied.Text.Span), context);
                Assert.True(tree.Errors.Select(static error => error.Descriptor.Id).SequenceEqual(applied.Tree.Errors.Select(static error => error.Descriptor.Id)), context);
                AssertTokens(model, applied.Text.ToString(), context);
                AssertValue(model, applied.Text.ToString(), isBroken, context);
                AssertStyle(model, outcomes, text, applied.Text.ToString(), context);
                Assert.True(edits > 1 || IsSameAround(outcomes[0].Region, text, applied.Text.ToString()), $"bytes around: {context}");
                break;
        }
    }

    private static SettingsEdit Edit(DocumentModel model, DocumentGenerator generator, Random random)
    {
        var path = ImmutableArray.CreateBuilder<PathSegment>();
        var value = model.Root;
        while (value is { IsContainer: true, Items.Count: > 0 } && random.Next(4) > 0)
        {
            var index = random.Next(value.Items.Count);
            var item = value.Items[index];
            path.Add(item.Name is null ? index : item.Name);
            value = (item.Name is null ? item : value.Items.Last(other => other.Name == item.Name)).Value;
        }

        // Mostly what makes sense at the place, and sometimes anything.
        var json = random.Next(2) == 0 ? generator.Scalar() : NewValues[random.Next(NewValues.Length)];
        switch (random.Next(12))
        {
            case 0:
                return new SettingsEdit.Insert(path.ToImmutable(), random.Next(4), json);
            case 1:
                path.Add(random.Next(2) == 0 ? random.Next(3) : generator.Name());
                return random.Next(2) == 0 ? new SettingsEdit.Unset(path.ToImmutable()) : new SettingsEdit.Set(path.ToImmutable(), json);
            case <= 4 when path.Count > 0:
                return new SettingsEdit.Unset(path.ToImmutable());
            case <= 6:
                return new SettingsEdit.Set(path.ToImmutable(), json);
            case var _ when value is { Lexeme: "[" }:
                return new SettingsEdit.Insert(path.ToImmutable(), random.Next(3) == 0 ? null : random.Next(value.Items.Count + 1), json);
            case var _ when value is null or { IsObject: true }:
                path.Add(random.Next(3) == 0 ? generator.Name() : "new");
                while (random.Next(4) == 0)
                {
                    path.Add(generator.Name());
                }

                return new SettingsEdit.Set(path.ToImmutable(), json);
            default:
                return new SettingsEdit.Set(path.ToImmutable(), json);
        }
    }

    /// <summary>Every token and every comment is there, in order, and each comment stands where it belongs to what it belonged to before.</summary>
    private static void AssertTokens(DocumentModel model, string text, string context)
    {
        var expected = model.Tokens();
        var actual = TokenReader.Read(text);
        Assert.True(expected.Select(static token => token.Text).SequenceEqual(actual.Select(static token => token.Text)), $"tokens: {context}");
        for (var i = 0; i < actual.Count; i++)
        {
            var stays = expected[i].Place switch
            {
                Place.SameLine => actual[i].BreaksBefore == 0,
                Place.OwnLine => actual[i].BreaksBefore > 0,
                Place.RightAbove => actual[i].BreaksBefore > 0 && actual[i + 1].BreaksBefore == 1,
                Place.EmptyLineBelow => actual[i].BreaksBefore > 0 && actual[i + 1].BreaksBefore > 1,
                _ => true,
            };
            Assert.True(stays, $"{expected[i]}: {context}");
        }
    }

    private static bool IsSameAround((int Start, int End)? region, string before, string after)
    {
        var (start, end) = region ?? (0, before.Length);
        var head = before[..start];
        var tail = before[end..];
        return after.Length >= head.Length + tail.Length && after.StartsWith(head, StringComparison.Ordinal) && after.EndsWith(tail, StringComparison.Ordinal);
    }

    private static void AssertValue(DocumentModel model, string text, bool isBroken, string context)
    {
        if (isBroken || model.Root is null)
        {
            return;
        }

        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        using var actual = JsonDocument.Parse(text.TrimStart('\uFEFF'), options);
        Assert.True(Canonical(model.Root) == Canonical(actual.RootElement), $"value: {context}");
    }

    /// <summary>Line ends, what stands before and behind the top-level value, the indentation of a new item, and single lines are kept.</summary>
    private static void AssertStyle(DocumentModel model, List<ModelEdit> outcomes, string before, string after, string context)
    {
        var breaks = after.Replace(model.EndOfLine, "", StringComparison.Ordinal);
        var isKept = outcomes.TrueForAll(static outcome => outcome.Container is not null);
        Assert.True(!before.AsSpan().ContainsAny('\r', '\n') || !breaks.AsSpan().ContainsAny('\r', '\n') || !isKept, $"line ends: {context}");
        Assert.True(before.StartsWith('\uFEFF') == after.StartsWith('\uFEFF'), context);
        Assert.True(!isKept || before.EndsWith(model.EndOfLine, StringComparison.Ordinal) == after.EndsWith(model.EndOfLine, StringComparison.Ordinal), $"final line end: {context}");
        foreach (var outcome in outcomes)
        {
            if (outcomes.Count == 1 && outcome is { Container: { IsOnOneLine: true, Items.Count: > 1 }, IsChange: true })
            {
                Assert.True(Breaks(before) == Breaks(after) || outcome.Added is null, $"single line: {context}");
            }

            if (outcomes.Count == 1 && outcome is { Added: { NameLexeme: not null } added, Container: { IsOnOneLine: false, ItemIndent: { } indent } container }
                && container.Items.Count > 1 && container.Items.TrueForAll(static item => !item.SharesLine))
            {
                Assert.True(after.Contains(model.EndOfLine + indent + added.NameLexeme, StringComparison.Ordinal), $"indent: {context}");
            }
        }
    }

    private static int Breaks(string text) => text.ReplaceLineEndings("\n").Count(static c => c == '\n');

    private static string Canonical(ModelValue value)
    {
        if (!value.IsContainer)
        {
            using var document = JsonDocument.Parse(value.Lexeme);
            return Canonical(document.RootElement);
        }

        return value.IsObject
            ? $"{{{string.Join(',', value.Items.Select(static item => JsonSerializer.Serialize(item.Name) + ":" + Canonical(item.Value)))}}}"
            : $"[{string.Join(',', value.Items.Select(static item => Canonical(item.Value)))}]";
    }

    private static string Canonical(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(static property => JsonSerializer.Serialize(property.Name) + ":" + Canonical(property.Value)))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Canonical))}]",
        JsonValueKind.String => JsonSerializer.Serialize(element.GetString()),
        _ => element.GetRawText(),
    };

    private static string Describe(SettingsEdit edit)
    {
        var path = string.Concat(edit.Path.Select(static segment => "/" + (segment.IsIndex ? segment : "'" + segment + "'")));
        return edit switch
        {
            SettingsEdit.Set set => $"set {path} {System.Text.Encoding.UTF8.GetString(set.Json.Span)}",
            SettingsEdit.Insert insert => $"insert {path} {insert.Index} {System.Text.Encoding.UTF8.GetString(insert.Json.Span)}",
            _ => $"unset {path}",
        };
    }
}
