using System.Text;
using ConfigLsp.Core.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigLsp.Core.Tests.Text;

public sealed class SourceTextTests
{
    /// <summary>Fragments chosen so that edits split and join line ends and meet multi-byte characters.</summary>
    private static readonly Gen<string> Fragment = Gen.Elements("", "a", "{\"k\": 1}", "\n", "\r", "\r\n", "é", "😀", "\t", "//x\n", "中\r", "\n\r");

    private static readonly Gen<string> Content = Fragment.ListOf().Select(string.Concat);

    [Fact]
    public void Edits_give_the_same_text_and_lines_as_edits_of_a_plain_string()
    {
        var edits = from first in Gen.Choose(0, 1000)
                    from second in Gen.Choose(0, 1000)
                    from insert in Content
                    select (first, second, insert);
        var cases = from start in Content
                    from list in edits.ListOf()
                    select (start, list);
        Check.QuickThrowOnFailure(Prop.ForAll(cases.ToArbitrary(), testCase =>
        {
            var plain = testCase.start;
            var text = SourceText.From(plain);
            foreach (var (first, second, insert) in testCase.list)
            {
                _ = text.Lines.LineCount;
                var runes = plain.EnumerateRunes().ToArray();
                var (from, to) = (first % (runes.Length + 1), second % (runes.Length + 1));
                (from, to) = (Math.Min(from, to), Math.Max(from, to));
                var start = runes[..from].Sum(static rune => rune.Utf8SequenceLength);
                var length = runes[from..to].Sum(static rune => rune.Utf8SequenceLength);

                plain = string.Concat(runes[..from].Select(static rune => rune.ToString())) + insert + string.Concat(runes[to..].Select(static rune => rune.ToString()));
                text = text.WithChanges(new TextChange(new TextSpan(start, length), insert));
                AssertSame(plain, text);
            }
        }));
    }

    [Fact]
    public void Several_changes_refer_to_the_text_before_all_of_them()
    {
        var text = SourceText.From("abcdef");
        var changed = text.WithChanges(new TextChange(new TextSpan(4, 1), "E"), new TextChange(new TextSpan(0, 1), ""), new TextChange(new TextSpan(2, 0), "1"), new TextChange(new TextSpan(2, 0), "2"));
        Assert.Equal("b12cdEf", changed.ToString());
        Assert.Equal("abcdef", text.ToString());
    }

    [Fact]
    public void Changes_that_overlap_or_leave_the_text_are_refused()
    {
        var text = SourceText.From("abc");
        Assert.Throws<ArgumentException>(() => text.WithChanges(new TextChange(new TextSpan(0, 2), ""), new TextChange(new TextSpan(1, 1), "")));
        Assert.Throws<ArgumentException>(() => text.WithChanges(new TextChange(new TextSpan(2, 2), "")));
    }

    [Fact]
    public void Lone_surrogates_become_the_replacement_character()
    {
        Assert.Equal("a\uFFFDb", SourceText.From("a\uD800b").ToString());
    }

    private static void AssertSame(string plain, SourceText text)
    {
        Assert.Equal(plain, text.ToString());
        var fresh = SourceText.FromUtf8(Encoding.UTF8.GetBytes(plain));
        Assert.Equal(fresh.Lines.LineCount, text.Lines.LineCount);
        for (var line = 0; line < fresh.Lines.LineCount; line++)
        {
            Assert.Equal(fresh.Lines.GetLineStart(line), text.Lines.GetLineStart(line));
        }

        Assert.Equal(fresh.Lines.GetPosition(fresh.Length, PositionEncoding.Utf16), text.Lines.GetPosition(text.Length, PositionEncoding.Utf16));
    }
}
