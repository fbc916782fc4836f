using System.Globalization;
using System.Text;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Benchmarks;

/// <summary>
/// Large schemas that others publish, read from the npm packages of the repository (<c>npm ci</c>), and documents for one of them. The folder
/// <c>node_modules</c> is looked for from the benchmark upwards, or named by the variable <c>CONFIGLSP_NODE_MODULES</c>.
/// </summary>
internal static class PublishedSchemas
{
    /// <summary>Of cspell: 190 KB, 87 definitions with many references and alternatives.</summary>
    public const string Spelling = "@cspell/cspell-types/cspell.schema.json";

    /// <summary>Of AsyncAPI 3.1: 416 KB in 9,500 lines, several hundred resources in one document.</summary>
    public const string AsyncApi = "@asyncapi/specs/schemas/3.1.0.json";

    public static SyntaxTree Read(string name) => JsonParser.Parse(SourceText.FromUtf8(File.ReadAllBytes(Path.Join(FindPackages(), name))));

    /// <summary>A document of about <paramref name="size"/> bytes for <see cref="Spelling"/>, either right or with one mistake in every override.</summary>
    public static SyntaxTree CreateSpelling(int size, bool isValid)
    {
        var text = new StringBuilder("{\n  \"version\": \"0.2\",\n  \"language\": \"en,de\",\n  \"words\": [\"configlsp\", \"jsonc\"],\n  \"overrides\": [\n");
        for (var i = 0; i == 0 || text.Length < size - 400; i++)
        {
            text.Append(i == 0 ? string.Empty : ",\n").Append(CultureInfo.InvariantCulture, $$"""
                    {
                      "filename": ["**/*.{{i}}.ts", "src/{{i}}/**"],
                      "enabled": {{(isValid ? "true" : "\"yes\"")}},
                      "words": ["alpha{{i}}", "beta{{i}}", "gamma{{i}}", "delta"],
                      "ignoreRegExpList": ["/x{3}/", "urls"],
                      "dictionaries": ["typescript", "!companies"],
                      "languageSettings": [{ "languageId": ["markdown", "html"], "dictionaries": ["html"], "allowCompoundWords": false }]
                    }
                """);
        }

        return JsonParser.Parse(SourceText.From(text.Append("\n  ]\n}\n").ToString()));
    }

    private static string FindPackages()
    {
        if (Environment.GetEnvironmentVariable("CONFIGLSP_NODE_MODULES") is { } named)
        {
            return named;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var packages = Path.Join(folder.FullName, "node_modules");
            if (Directory.Exists(Path.Join(packages, "@cspell")))
            {
                return packages;
            }
        }

        throw new DirectoryNotFoundException("The npm packages with the schemas are not installed. Run: npm ci");
    }
}
