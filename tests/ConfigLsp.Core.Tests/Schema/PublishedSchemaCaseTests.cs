using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>Our own schemas against the cases in <c>Schemas/cases</c>, whose README explains the format.</summary>
public sealed class PublishedSchemaCaseTests
{
    private static readonly string Folder = Repository.PathOf("tests", "ConfigLsp.Core.Tests", "Schemas", "cases");
    private static readonly string[] Covering = ["oneOf", "anyOf", "not"];

    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Select(static p => Path.GetRelativePath(Folder, p).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Schemas =>
        [.. Directory.EnumerateFiles(Repository.PathOf("schemas"), "*.schema.json").Select(static p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cases_have_exactly_the_expected_findings(string file)
    {
        var schema = Compile(file[..file.IndexOf('/', StringComparison.Ordinal)] + ".schema.json");
        var tree = JsonParser.Parse(SourceText.FromUtf8(File.ReadAllBytes(Path.Combine(Folder, file))));
        var result = SchemaEvaluator.Evaluate(tree, schema, EvaluationOptions.Default);
        var actual = result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error).Select(Line).ToHashSet(StringComparer.Ordinal);

        var expectedPath = Path.Combine(Folder, file.Replace(".invalid.json", ".expected.txt", StringComparison.Ordinal));
        var expected = file.EndsWith(".valid.json", StringComparison.Ordinal) ? [] : File.ReadAllLines(expectedPath).Where(static l => l.Length > 0).ToHashSet(StringComparer.Ordinal);

        // A value of a wrong type is only that: what else the schema demands of it is said when the type is right.
        // Where the values are listed, the list says more than the type.
        expected.RemoveWhere(e => e.EndsWith(" type", StringComparison.Ordinal) && actual.Contains(e[..e.LastIndexOf(' ')] + " enum"));
        expected.RemoveWhere(e => !e.EndsWith(" type", StringComparison.Ordinal) && expected.Contains(e[..e.LastIndexOf(' ')] + " type"));
        foreach (var covering in expected.Where(static e => Covering.Contains(e[(e.LastIndexOf(' ') + 1)..])).ToArray())
        {
            // A failed alternative is explained by what its closest branch lacks; the case names only the alternative.
            var path = covering[..covering.LastIndexOf(' ')];
            var explained = actual.RemoveWhere(a => a[..a.LastIndexOf(' ')] is var at && (at == path || at.StartsWith(path + "/", StringComparison.Ordinal)) && !expected.Contains(a));
            if (explained > 0 || actual.Contains(covering))
            {
                expected.Remove(covering);
                actual.Remove(covering);
            }
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Published_schemas_compile_without_a_problem_and_fit_their_meta_schema(string file)
    {
        var schema = Compile(file);
        Assert.Empty(schema.Problems);
        var tree = JsonParser.Parse(SourceText.FromUtf8(File.ReadAllBytes(Repository.PathOf("schemas", file))));
        var dialect = schema.Root.Annotations.Keyword("$schema"u8).GetString();
        var metaSchema = new SchemaRegistry().Compile(dialect);
        Assert.True(metaSchema.IsComplete);
        Assert.Empty(SchemaEvaluator.Evaluate(tree, metaSchema.Schema, EvaluationOptions.Default).Diagnostics);
    }

    private static JsonSchema Compile(string file)
    {
        var tree = JsonParser.Parse(SourceText.FromUtf8(File.ReadAllBytes(Repository.PathOf("schemas", file))));
        return new SchemaRegistry().Compile("https://configlsp.invalid/" + file, tree).Schema;
    }

    private static string Line(Diagnostic diagnostic)
    {
        var data = diagnostic.Data!;
        var path = diagnostic.Descriptor == DiagnosticCatalog.DuplicateItem ? data.Path![..data.Path!.LastIndexOf('/')] : data.Path!;
        return path + " " + data.SchemaPointer![(data.SchemaPointer!.LastIndexOf('/') + 1)..];
    }
}
