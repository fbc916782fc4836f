using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Diagnostics;

/// <summary>
/// The beginning of each page of docs/rules is generated from the catalogue: UPDATE_BASELINES=1 writes it, and without the variable a stale page is a
/// failure. The examples behind it are written by hand, and hold: the wrong one breaks the rule, the right one breaks none.
/// </summary>
public sealed class RuleDocumentationTests
{
    private static readonly string Folder = Repository.PathOf("docs", "rules");

    private const string Introduction = """
        # Rules

        Every finding names the rule it comes from. Give a rule another severity by its id in the setting `configlsp.severity`: `error`, `warning`, `information`, `hint` or `off`.

        A comment suppresses findings of the rules about keys and values, where the file may have comments:

        ```jsonc
        {
          // configlsp-disable-next-line number-too-large, not-a-multiple -- as measured
          "interval": 99,
          "agents": 60 // configlsp-disable-line number-too-large
        }
        ```

        `configlsp-disable-next-line` is about the next line that is not blank or only a comment, `configlsp-disable-line` about its own, and
        `configlsp-disable-file` about the whole file. What follows `--` is the reason. A suppression that names no rule
        ([unknown-suppression](unknown-suppression.md)) or suppresses nothing ([unused-suppression](unused-suppression.md)) is found too. The editor and
        `configlsp check` honour suppressions; the service, when a program asks whether settings are valid, does not.

        | rule | severity | demand |
        |---|---|---|

        """;

    // These are about more than one text can show: its encoding or size, other files and sources, settings.
    private static readonly string[] Untestable =
    [
        "invalid-encoding", "pattern-too-slow", "nested-too-deeply", "validation-incomplete", "too-many-problems", "schema-not-loaded", "unknown-vocabulary",
        "merged-settings-invalid", "overridden-value", "equals-default",
    ];

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule()
    {
        var pages = DiagnosticCatalog.All.ToDictionary(static rule => rule.Id + ".md", Page, StringComparer.Ordinal);
        pages.Add("README.md", Index());
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            foreach (var stale in Directory.EnumerateFiles(Folder).Where(file => !pages.ContainsKey(Path.GetFileName(file))))
            {
                File.Delete(stale);
            }

            foreach (var (name, text) in pages)
            {
                File.WriteAllText(Path.Combine(Folder, name), text);
            }
        }

        Assert.Equal(pages.Keys.Order(StringComparer.Ordinal), Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(pages, page => Assert.Equal(page.Value, File.ReadAllText(Path.Combine(Folder, page.Key))));
    }

    [Fact]
    public void Ids_are_unique_kebab_case_and_rules_are_explained()
    {
        Assert.Equal(DiagnosticCatalog.All.Count, DiagnosticCatalog.All.Select(static rule => rule.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(DiagnosticCatalog.All, static rule =>
        {
            Assert.Matches("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", rule.Id);
            Assert.EndsWith("/" + rule.Id, rule.HelpUri, StringComparison.Ordinal);
            Assert.InRange(rule.Title.Length, 10, 120);
            Assert.InRange(rule.Explanation.Length, 20, 1000);
        });
    }

    public static TheoryData<string> RulesWithTestedExamples => [.. DiagnosticCatalog.All.Select(static rule => rule.Id).Except(Untestable)];

    [Theory]
    [MemberData(nameof(RulesWithTestedExamples))]
    public void The_wrong_example_breaks_the_rule_and_the_right_one_breaks_none(string id)
    {
        var examples = RuleExamples.Read(File.ReadAllText(Path.Combine(Folder, id + ".md")));
        Assert.Contains(id, examples.FindIn(examples.Wrong));
        Assert.Empty(examples.FindIn(examples.Right));
    }

    [Fact]
    public void Every_page_has_an_example() =>
        Assert.All(DiagnosticCatalog.All, static rule => Assert.NotEqual(string.Empty, Example(rule)));

    private static string Example(DiagnosticDescriptor rule)
    {
        var file = Path.Combine(Folder, rule.Id + ".md");
        var text = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : string.Empty;
        return text.IndexOf("\n## Example\n", StringComparison.Ordinal) is > 0 and var start ? text[start..] : string.Empty;
    }

    private static string Page(DiagnosticDescriptor rule) => $"""
        # {rule.Id}

        {rule.Title}.

        Severity: {rule.Severity.ToString().ToLowerInvariant()}, unless `configlsp.severity` gives it another.

        {rule.Explanation}

        """.ReplaceLineEndings("\n") + Example(rule);

    private static string Index()
    {
        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var rule in DiagnosticCatalog.All.OrderBy(static rule => rule.Id, StringComparer.Ordinal))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| [{rule.Id}]({rule.Id}.md) | {rule.Severity.ToString().ToLowerInvariant()} | {rule.Title.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.ToString();
    }
}
