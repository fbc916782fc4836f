using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>
/// The files <c>messages/TOPIC.cases</c>. A case is <c>=== title</c> and three parts: <c>--- schema DRAFT</c> (with <c>formats=dialect</c> if
/// formats are to be checked only where the draft says so), <c>--- document</c> and <c>--- findings</c>. Lines before the first case are comments.
/// </summary>
internal static class MessageCorpus
{
    private const string CaseMark = "=== ";
    private const string SchemaMark = "--- schema ";
    private const string DocumentMark = "--- document";
    private const string FindingsMark = "--- findings";

    private static readonly string[] Folder = ["tests", "ConfigLsp.Core.Tests", "Schema", "messages"];

    public static string[] PathOf(string topic) => [.. Folder, topic + ".cases"];

    public static IEnumerable<string> Topics =>
        Directory.EnumerateFiles(Repository.PathOf(Folder), "*.cases").Select(static p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal);

    public static IEnumerable<MessageCase> All => Topics.SelectMany(static topic => Read(topic).Cases);

    /// <summary>The cases of a topic, and the comment above them.</summary>
    public static (string Comment, IReadOnlyList<MessageCase> Cases) Read(string topic)
    {
        var cases = new List<MessageCase>();
        var comment = new StringBuilder();
        var (schema, document) = (new StringBuilder(), new StringBuilder());
        var part = comment;
        string? title = null;
        string[] settings = [];
        foreach (var line in File.ReadLines(Repository.PathOf(PathOf(topic))))
        {
            if (line.StartsWith(CaseMark, StringComparison.Ordinal))
            {
                Close();
                (title, part) = (line[CaseMark.Length..], null);
            }
            else if (line.StartsWith(SchemaMark, StringComparison.Ordinal))
            {
                settings = line[SchemaMark.Length..].Split(' ');
                part = schema;
            }
            else if (line == DocumentMark)
            {
                part = document;
            }
            else if (line == FindingsMark)
            {
                part = null;
            }
            else
            {
                part?.Append(line).Append('\n');
            }
        }

        Close();
        return (comment.ToString(), cases);

        void Close()
        {
            if (title is not null)
            {
                var formats = settings.Contains("formats=dialect") ? FormatAssertion.Dialect : FormatAssertion.Always;
                cases.Add(new MessageCase(title, settings[0], formats, schema.ToString().TrimEnd('\n'), document.ToString().TrimEnd('\n')));
                schema.Clear();
                document.Clear();
            }
        }
    }

    /// <summary>The file as it must be.</summary>
    public static string Render(string comment, IEnumerable<MessageCase> cases) => comment + string.Join('\n', cases.Select(static c =>
        $"{CaseMark}{c.Title}\n{SchemaMark}{c.Dialect}{(c.Formats == FormatAssertion.Dialect ? " formats=dialect" : string.Empty)}\n{c.Schema}\n{DocumentMark}\n{c.Document}\n{FindingsMark}\n{c.RenderFindings()}"));
}
