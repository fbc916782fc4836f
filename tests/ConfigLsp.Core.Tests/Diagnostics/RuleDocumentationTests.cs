using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Diagnostics;

/// <summary>
/// docs/rules is generated from the catalogue: UPDATE_BASELINES=1 writes it, and without the variable a stale page is a failure.
/// </summary>
public sealed class RuleDocumentationTests
{
    private static readonly string Folder = Repository.PathOf("docs", "rules");

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule()
    {
        var pages = DiagnosticCatalog.All.ToDictionary(static rule => rule.Id + ".md", Page, StringComparer.Ordinal);
        pages.Add("README.md", Index());
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            Directory.CreateDirectory(Folder);
            foreach (var stale in Directory.EnumerateFiles(Folder))
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

    private static string Page(DiagnosticDescriptor rule) => $"""
        # {rule.Id}

        {rule.Title}.

        Severity: {rule.Severity.ToString().ToLowerInvariant()}, unless `configlsp.severity` gives it another.

        {rule.Explanation}

        """.ReplaceLineEndings("\n");

    private static string Index()
    {
        var text = new StringBuilder("# Rules\n\nEvery finding names the rule it comes from. Give a rule another severity by its id in the setting `configlsp.severity`: `error`, `warning`, `information`, `hint` or `off`.\n\n| rule | severity | demand |\n|---|---|---|\n");
        foreach (var rule in DiagnosticCatalog.All.OrderBy(static rule => rule.Id, StringComparer.Ordinal))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| [{rule.Id}]({rule.Id}.md) | {rule.Severity.ToString().ToLowerInvariant()} | {rule.Title.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.ToString();
    }
}
