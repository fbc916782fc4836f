using System.Globalization;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Schema.Conformance;

/// <summary>Runs the official test suite's files of one draft.</summary>
internal static class ConformanceSuite
{
    private const string RemoteRoot = "http://localhost:1234/";

    private static readonly Lazy<IReadOnlyList<(string Uri, SyntaxTree Tree)>> Remotes = new(ReadRemotes);

    /// <summary>Every test of a draft, required and optional.</summary>
    public static IEnumerable<ConformanceResult> Run(string draft)
    {
        var root = Path.Combine(SuiteFactAttribute.Root, "tests", draft);
        foreach (var path in Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var file = Path.GetRelativePath(root, path).Replace('\\', '/');
            foreach (var result in RunFile(draft, file, path))
            {
                yield return result;
            }
        }
    }

    public static SyntaxTree Parse(ReadOnlyMemory<byte> json) => JsonParser.Parse(SourceText.FromUtf8(json));

    private static IEnumerable<ConformanceResult> RunFile(string draft, string file, string path)
    {
        // Optional format tests are about assertion; the required ones and all others about what the draft itself says.
        var options = new EvaluationOptions
        {
            Formats = file.StartsWith("optional/format/", StringComparison.Ordinal) ? FormatAssertion.Always : FormatAssertion.Dialect,
        };
        var number = 0;
        foreach (var group in Parse(File.ReadAllBytes(path)).Root.Children.ToArray())
        {
            var registry = CreateRegistry();
            var uri = string.Create(CultureInfo.InvariantCulture, $"https://suite.invalid/{draft}/{file}/{number++}");
            var schemaTree = Parse(WithDialect(Member(group, "schema"), draft));
            var compilation = registry.Compile(uri, schemaTree);
            foreach (var test in Member(group, "tests").Children.ToArray())
            {
                var instance = Parse(Slice(Member(test, "data")));
                var expected = Member(test, "valid").Kind == SyntaxKind.True;
                var result = SchemaEvaluator.Evaluate(instance, compilation.Schema, options, CancellationToken.None);

                // Both modes must agree: an invalid document has an error, a valid one has none.
                var explained = !result.Diagnostics.Any(static d => d.Severity == Core.Diagnostics.DiagnosticSeverity.Error);
                var name = $"{file}: {Member(group, "description").GetString()}: {Member(test, "description").GetString()}";
                yield return new ConformanceResult(file, name, result.IsValid == expected, result.IsValid == explained, compilation.IsComplete);
            }
        }
    }

    /// <summary>Tests without <c>$schema</c> mean the draft of their folder.</summary>
    internal static ReadOnlyMemory<byte> WithDialect(SyntaxNode schema, string draft)
    {
        var text = Slice(schema);
        if (schema.Kind != SyntaxKind.Object || schema.TryGetProperty("$schema"u8, out _))
        {
            return text;
        }

        var uri = draft switch
        {
            "draft4" => "http://json-schema.org/draft-04/schema#",
            "draft6" => "http://json-schema.org/draft-06/schema#",
            "draft7" => "http://json-schema.org/draft-07/schema#",
            "draft2019-09" => "https://json-schema.org/draft/2019-09/schema",
            _ => "https://json-schema.org/draft/2020-12/schema",
        };
        var separator = schema.ChildCount == 0 ? string.Empty : ",";
        byte[] head = [.. "{\"$schema\":\""u8, .. System.Text.Encoding.UTF8.GetBytes(uri), .. System.Text.Encoding.UTF8.GetBytes("\"" + separator)];
        return (byte[])[.. head, .. text.Span[1..]];
    }

    internal static ReadOnlyMemory<byte> Slice(SyntaxNode node) => node.Tree.Text.Memory.Slice(node.Span.Start, node.Span.Length);

    internal static SyntaxNode Member(SyntaxNode node, string name) =>
        node.TryGetProperty(System.Text.Encoding.UTF8.GetBytes(name), out var value) ? value : throw new InvalidDataException($"A test has no `{name}`.");

    private static SchemaRegistry CreateRegistry()
    {
        var registry = new SchemaRegistry();
        foreach (var (uri, tree) in Remotes.Value)
        {
            registry.Add(uri, tree);
        }

        return registry;
    }

    private static List<(string Uri, SyntaxTree Tree)> ReadRemotes()
    {
        var root = Path.Combine(SuiteFactAttribute.Root, "remotes");
        return
        [
            .. Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories)
                .Select(path => (RemoteRoot + Path.GetRelativePath(root, path).Replace('\\', '/'), Parse(File.ReadAllBytes(path)))),
        ];
    }
}

/// <summary>The outcome of one test.</summary>
/// <param name="File">The file, relative to the draft's folder.</param>
/// <param name="Name">File, group and test.</param>
/// <param name="IsRight">Whether the verdict is the expected one.</param>
/// <param name="ModesAgree">Whether the diagnostics say the same as the verdict.</param>
/// <param name="IsComplete">Whether every reference was found.</param>
internal sealed record ConformanceResult(string File, string Name, bool IsRight, bool ModesAgree, bool IsComplete);
