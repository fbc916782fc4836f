using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigLsp.Core.Tests.Syntax;

/// <summary>Parsing after an edit gives the tree that parsing the whole text gives, whatever the text and the edits are.</summary>
public sealed class IncrementalParsingTests
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\\u0061\"", "'c'", "d", "1", "-", "true", "nul", " ", "\n", "\r\n", "//c\n", "/*d*/", "/*", "*/",
        "\"", "\\", "@", "<<<<<<< x\n", "😀", "\0", "\"k\": 1, ", "{\"x\": [1, 2]}, ", "[[], {}], ", "\"n\": {\"m\": null}, ",
    ];

    [Fact]
    public void One_character_inserted_or_deleted_anywhere_in_a_sample()
    {
        foreach (var sample in JsonSamples.All.Where(static s => s.Length < 400))
        {
            for (var i = 0; i <= sample.Length; i++)
            {
                foreach (var inserted in (string[])["x", "\"", ",", "{", "]", " ", ":", "/"])
                {
                    _ = Check(sample, [(i, 0, inserted)]);
                }

                _ = Check(sample, [(i, 1, string.Empty)]);
            }
        }
    }

    [Fact]
    public void Many_edits_one_after_the_other()
    {
        var edit = from at in Gen.Choose(0, 1000)
                   from length in Gen.Frequency((6, Gen.Constant(0)), (3, Gen.Choose(0, 3)), (1, Gen.Choose(0, 40)))
                   from text in Gen.Frequency((2, Gen.Constant(string.Empty)), (6, Gen.Elements(Tokens)), (1, Gen.Elements(Tokens).ListOf().Select(string.Concat)))
                   select (at, length, text);
        var cases = from text in Gen.Elements(Tokens).ListOf(60).Select(string.Concat)
                    from shape in Gen.Elements("{0}", "[{0}]", "{{{0}}}", "{{\"root\": [{0} 1], \"more\": {{\"a\": [{0}], {0} \"z\": 2}}}}")
                    from edits in edit.ListOf(8)
                    select (Text: string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, text), Edits: edits);
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(100000), Prop.ForAll(cases.ToArbitrary(), static c => { _ = Check(c.Text, c.Edits); }));
    }

    [Fact]
    public void Edits_near_one_another_in_a_sound_document()
    {
        var text = SoundDocument(20);
        var edit = from at in Gen.Choose(0, text.Length)
                   from near in Gen.Choose(-12, 12).ListOf(12)
                   from texts in Gen.Elements("1", "\"", "\"q\": 1,", "{", "}", ",", "", " ", "\n", "[1,[2],{}],").ListOf(12)
                   select near.Zip(texts, (n, t) => (at + n, t.Length == 0 ? 1 : 0, t)).ToList();
        var (reused, all) = (0, 0);
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(40000), Prop.ForAll(edit.ToArbitrary(), edits =>
        {
            reused += Check(text, edits);
            all += edits.Count;
        }));

        // Edits that break a document reach far, but most are within what is around them.
        Assert.True(reused > all / 4, $"{reused} of {all} trees were made from the one before.");
    }

    [Fact]
    public void A_keystroke_in_a_large_document_reads_only_what_is_around_it()
    {
        var text = SourceText.From(SoundDocument(2000));
        var tree = JsonParser.Parse(text);
        var middle = text.Length / 2;
        for (var i = 0; i < 20; i++)
        {
            var change = new TextChange(new TextSpan(middle + i, 0), "7"u8.ToArray());
            text = text.WithChanges(change);
            var next = JsonParser.TryParse(text, tree, TextChangeRange.Of(change));
            Assert.NotNull(next);
            AssertSame(JsonParser.Parse(text), next);
            tree = next;
        }
    }

    [Theory]
    [InlineData(0, 0, 1, 5, 0, 1)]
    [InlineData(5, 2, 0, 0, 3, 4)]
    [InlineData(5, 2, 7, 6, 20, 1)]
    public void Changes_that_follow_one_another_have_one_range(int start1, int length1, int new1, int start2, int length2, int new2)
    {
        var text = SourceText.From(new string('a', 40));
        var first = new TextChange(new TextSpan(start1, length1), new string('b', new1));
        var second = new TextChange(new TextSpan(start2, length2), new string('c', new2));
        var range = TextChangeRange.Of(first).Then(TextChangeRange.Of(second));
        var last = text.WithChanges(first).WithChanges(second);
        Assert.Equal(last.Length - text.Length, range.Delta);
        Assert.Equal(text.ToString()[..range.Span.Start], last.ToString()[..range.Span.Start]);
        Assert.Equal(text.ToString()[range.Span.End..], last.ToString()[range.NewEnd..]);
        Assert.True(range.Span.Start <= Math.Min(start1, start2));
    }

    private static string SoundDocument(int items)
    {
        var text = new StringBuilder("// head\n{\n  \"list\": [\n");
        for (var i = 0; i < items; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"    {{\"id\": {i}, \"name\": \"n{i}\", /* c */ \"tags\": [\"a\", \"b\"], \"in\": {{\"x\": {{\"y\": [1, 2, {{}}]}}}}}}, // line\n");
        }

        return text.Append("    null\n  ],\n  \"last\": true,\n}\n").ToString();
    }

    private static int Check(string start, IEnumerable<(int At, int Length, string Text)> edits)
    {
        var text = SourceText.From(start);
        var tree = JsonParser.Parse(text);
        var reused = 0;
        foreach (var (at, length, inserted) in edits)
        {
            var from = Math.Clamp(at, 0, text.Length);
            var change = new TextChange(new TextSpan(from, Math.Min(length, text.Length - from)), inserted);
            text = text.WithChanges(change);
            var whole = JsonParser.Parse(text);
            if (JsonParser.TryParse(text, tree, TextChangeRange.Of(change)) is { } next)
            {
                AssertSame(whole, next);
                tree = next;
                reused++;
            }
            else
            {
                tree = whole;
            }
        }

        return reused;
    }

    private static void AssertSame(SyntaxTree expected, SyntaxTree actual)
    {
        Assert.Equal(Show(expected), Show(actual));
        for (var offset = 0; offset < Math.Min(200, expected.Text.Length); offset++)
        {
            Assert.Equal(expected.FindNode(offset).Index, actual.FindNode(offset).Index);
        }
    }

    private static string Show(SyntaxTree tree)
    {
        var text = new StringBuilder();
        for (var i = 0; i < tree.NodeCount; i++)
        {
            var node = tree.Nodes[i];
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i} {node.Kind} {node.Start}-{node.End} p{node.Parent} n{node.Next} x{node.Extent} {node.Flags}\n");
        }

        foreach (var error in tree.Errors)
        {
            text.Append(Show(error)).AppendLine();
        }

        return text.AppendJoin(' ', tree.Comments).AppendJoin(' ', tree.TrailingCommas).ToString();
    }

    private static string Show(Diagnostic error) =>
        $"{error.Descriptor.Id} {error.Span} {error.Message} {string.Join(' ', error.Related.Select(static r => $"{r.Span} {r.Message}"))} {string.Join(' ', error.Data?.Suggestions ?? [])}";
}
