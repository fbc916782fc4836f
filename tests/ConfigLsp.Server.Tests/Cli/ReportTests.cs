using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Cli.Checking;
using ConfigLsp.Server.Cli.Reporting;

namespace ConfigLsp.Server.Tests.Cli;

public sealed class ReportTests
{
    private static readonly SourceText Text = SourceText.From("{\n  \"a\": 1,\n  \"😀\": 2\n}");

    [Fact]
    public void Workflow_commands_are_escaped()
    {
        var file = new CheckedFile(
            new FileLocation("a,b:100%.json", Uri: null, IsRelative: true), Text, [], [new Diagnostic(DiagnosticCatalog.UnknownKey, new TextSpan(4, 3), "50 %\r\n::error::injected")]);
        using var output = new StringWriter { NewLine = "\n" };
        new GitHubReport(output, TextWriter.Null).Add(file);
        Assert.Equal(
            "::error file=a%2Cb%3A100%25.json,line=2,endLine=2,col=3,endColumn=6,title=configlsp unknown-key::50 %25%0D%0A::error::injected (https://configlsp.dev/docs/rules/unknown-key)\n",
            output.ToString());
    }

    [Fact]
    public void A_range_over_lines_has_no_columns_in_a_workflow_command()
    {
        var file = new CheckedFile(Location, Text, [], [new Diagnostic(DiagnosticCatalog.UnterminatedObject, Text.FullSpan, "m") { Severity = DiagnosticSeverity.Hint }]);
        using var output = new StringWriter();
        new GitHubReport(output, TextWriter.Null).Add(file);
        Assert.StartsWith("::notice file=a.json,line=1,endLine=4,title=", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sarif_counts_columns_from_1_in_utf16_and_refers_to_its_rules()
    {
        var span = TextSpan.FromBounds(Text.Length - 4, Text.Length - 3);
        using var log = Sarif([new Diagnostic(DiagnosticCatalog.UnknownKey, span, "m")]);
        var run = log.RootElement.GetProperty("runs")[0];
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        Assert.Equal("utf16CodeUnits", run.GetProperty("columnKind").GetString());
        var result = run.GetProperty("results")[0];
        var rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal("unknown-key", rule.GetProperty("id").GetString());
        var location = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("a%20b%3A1.json", location.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal("SRCROOT", location.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString());
        var region = location.GetProperty("region");
        Assert.Equal((3, 8, 3, 9), (Number("startLine"), Number("startColumn"), Number("endLine"), Number("endColumn")));

        int Number(string name) => region.GetProperty(name).GetInt32();
    }

    [Fact]
    public void Sarif_fingerprints_are_unique_in_a_file_and_survive_moved_lines()
    {
        Diagnostic At(int start) => new(DiagnosticCatalog.UnknownKey, new TextSpan(start, 1), "m") { Data = new DiagnosticData { Path = "/a" } };
        var before = new SarifFingerprints(Text);
        var first = before.Next(At(4));
        Assert.NotEqual(first, before.Next(At(4)));
        Assert.Equal(first, new SarifFingerprints(SourceText.From("\n\n" + Text)).Next(At(6)));
    }

    [Fact]
    public void What_could_not_be_checked_is_in_every_format_for_programs()
    {
        var failure = new CheckFailure(Location, "too-large", "a.json is too large.");
        using var output = new MemoryStream();
        using (var report = new JsonReport(output))
        {
            report.Begin();
            report.Add(failure);
            report.End(new CheckSummary { Failures = 1 }, exitCode: 2);
        }

        using var json = JsonDocument.Parse(output.ToArray());
        Assert.Equal("too-large", json.RootElement.GetProperty("errors")[0].GetProperty("code").GetString());
        using var sarif = Sarif([], failure);
        var invocation = sarif.RootElement.GetProperty("runs")[0].GetProperty("invocations")[0];
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal("too-large", invocation.GetProperty("toolExecutionNotifications")[0].GetProperty("descriptor").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(0, 0, 0, 9, 0, "no findings in 9 files")]
    [InlineData(1, 0, 0, 1, 0, "1 error in 1 of 1 file")]
    [InlineData(3, 1, 2, 9, 0, "3 errors, 1 warning, 2 notes in 1 of 9 files")]
    [InlineData(0, 0, 0, 0, 1, "no file was checked; 1 problem kept others from being checked")]
    public void The_summary_is_a_sentence(int errors, int warnings, int notes, int files, int failures, string line) => Assert.Equal(
        line,
        SummaryLine.Of(new CheckSummary { Errors = errors, Warnings = warnings, Notes = notes, Files = files, FilesWithFindings = 1, Failures = failures }));

    private static FileLocation Location => new("a.json", Uri: null, IsRelative: true);

    private static JsonDocument Sarif(ImmutableArray<Diagnostic> diagnostics, params CheckFailure[] failures)
    {
        using var output = new MemoryStream();
        using (var report = new SarifReport(output, "0.1.0", "file:///folder/", [.. DiagnosticCatalog.All]))
        {
            report.Begin();
            report.Add(new CheckedFile(new FileLocation("a b:1.json", "file:///folder/a%20b:1.json", IsRelative: true), Text, [], diagnostics));
            Array.ForEach(failures, report.Add);
            report.End(new CheckSummary { Files = 1, Failures = failures.Length }, exitCode: failures.Length == 0 ? 0 : 2);
        }

        return JsonDocument.Parse(Encoding.UTF8.GetString(output.ToArray()));
    }
}
