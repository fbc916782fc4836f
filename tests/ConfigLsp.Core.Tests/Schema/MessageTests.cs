using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Dialects;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>Wrong documents and what is said about them (<see cref="MessageCorpus"/>); <c>UPDATE_BASELINES=1</c> writes the findings anew.</summary>
public sealed class MessageTests
{
    /// <summary>What demands nothing in a draft, and why.</summary>
    private static readonly Dictionary<string, Func<DraftVersion, bool>> OnlyDescribes = new(StringComparer.Ordinal)
    {
        // Describes the decoded content; a validator is not to look into it (2020-12 Validation, section 8.5).
        ["contentSchema"] = static _ => true,

        // From 2019-09 on these two only describe as well (2019-09 Validation, section 8.1).
        ["contentEncoding"] = static draft => draft >= DraftVersion.Draft201909,
        ["contentMediaType"] = static draft => draft >= DraftVersion.Draft201909,
    };

    public static TheoryData<string> Topics => [.. MessageCorpus.Topics];

    public static TheoryData<string> Keywords => [.. KeywordTable.Entries.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Topics))]
    public void Wrong_documents_are_explained(string topic)
    {
        var (comment, cases) = MessageCorpus.Read(topic);
        Baseline.Matches(MessageCorpus.Render(comment, cases), MessageCorpus.PathOf(topic));
    }

    [Theory]
    [MemberData(nameof(Keywords))]
    public void Every_keyword_has_a_document_that_it_finds_wrong_in_each_draft_that_knows_it(string keyword)
    {
        var entry = KeywordTable.Entries[keyword];
        var cases = MessageCorpus.All.Where(c => c.Schema.Contains($"\"{keyword}\"", StringComparison.Ordinal)).ToArray();
        foreach (var (name, draft) in MessageCase.Drafts.Where(d => entry.Since <= d.Draft && entry.Until >= d.Draft))
        {
            var demands = !(OnlyDescribes.TryGetValue(keyword, out var describes) && describes(draft));

            // The keyword is what counts in a case if the findings are others without it.
            var matters = cases.Select(c => c with { Dialect = name }).Any(c => Ids(c) is { Length: > 0 } found && found != Ids(c.Without(keyword)));
            Assert.True(matters == demands, $"In {name} no case {(demands ? "fails because of" : "may depend on")} `{keyword}`. Add one to tests/ConfigLsp.Core.Tests/Schema/messages.");
        }
    }

    [Fact]
    public void Messages_are_sentences_without_the_words_of_the_trade_and_nothing_is_said_twice()
    {
        foreach (var (title, found) in MessageCorpus.All.Select(static c => (c.Title, c.Evaluate().Result.Diagnostics)))
        {
            foreach (var diagnostic in found)
            {
                var message = diagnostic.Message;
                Assert.False(string.IsNullOrWhiteSpace(message), title);
                Assert.True(message.Length <= 500, $"{title}: {message}");
                Assert.True(message[^1] is '.' or '?', $"{title}: {message}");
                Assert.DoesNotContain("  ", message, StringComparison.Ordinal);
                foreach (var word in (ReadOnlySpan<string>)["schema", " instance ", "keyword", "oneOf", "anyOf", "allOf", "subschema", " 1 items", " 1 keys", " 1 characters"])
                {
                    var said = message.Replace("for instance", string.Empty, StringComparison.Ordinal);
                    Assert.False(said.Contains(word, StringComparison.OrdinalIgnoreCase), $"{title}: \"{word}\" in: {message}");
                }
            }

            Assert.Equal(found.Length, found.DistinctBy(static d => (d.Descriptor, d.Span, d.Message)).Count());
        }
    }

    [Fact]
    public void Findings_lead_to_the_line_of_the_schema()
    {
        foreach (var diagnostic in MessageCorpus.All.SelectMany(static c => c.Evaluate().Result.Diagnostics).Where(static d => d.Data is not null))
        {
            var related = Assert.Single(diagnostic.Related, static r => r.Uri is not null);
            Assert.Equal(diagnostic.Data!.SchemaUri, related.Uri);
            Assert.NotNull(diagnostic.Data.SchemaPointer);
            Assert.NotNull(related.Text);

            // The line is that of the keyword that the message of the place names, or the place that forbids everything.
            var marked = related.Text.ToString(related.Span);
            Assert.True(marked == "f" || related.Message.Contains($"`{marked.Split('"')[1]}`", StringComparison.Ordinal) || marked.Contains(LastSegment(diagnostic), StringComparison.Ordinal), $"{marked}: {related.Message}");
        }
    }

    [Fact]
    public void Nothing_secret_is_in_a_finding()
    {
        foreach (var messageCase in MessageCorpus.Read("secrets").Cases.Where(static c => c.Document.Contains("hunter2", StringComparison.Ordinal)))
        {
            foreach (var diagnostic in messageCase.Evaluate().Result.Diagnostics)
            {
                var said = $"{diagnostic.Message} {diagnostic.Data} {string.Join(' ', diagnostic.Data!.Suggestions)} {string.Join(' ', diagnostic.Related.Select(static r => r.Message))}";
                Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_same_document_gives_the_same_findings_in_the_order_of_the_text()
    {
        foreach (var messageCase in MessageCorpus.All)
        {
            var found = messageCase.Evaluate().Result.Diagnostics;
            Assert.Equal(found.Select(Line), messageCase.Evaluate().Result.Diagnostics.Select(Line));
            Assert.Equal(found.Select(static d => d.Span.Start).Order(), found.Select(static d => d.Span.Start));
        }

        static string Line(Diagnostic diagnostic) => $"{diagnostic.Span} {diagnostic.Message}";
    }

    [Fact]
    public void Titles_are_unique()
    {
        Assert.Empty(MessageCorpus.All.GroupBy(static c => c.Title, StringComparer.Ordinal).Where(static g => g.Count() > 1).Select(static g => g.Key));
    }

    private static string LastSegment(Diagnostic diagnostic) =>
        JsonPointer.Unescape(diagnostic.Data!.SchemaPointer![(diagnostic.Data.SchemaPointer!.LastIndexOf('/') + 1)..]);

    private static string Ids(MessageCase messageCase) =>
        string.Join('\n', messageCase.Evaluate().Result.Diagnostics.Select(static d => $"{d.Descriptor.Id} {d.Span} {d.Data?.SchemaPointer}"));
}
