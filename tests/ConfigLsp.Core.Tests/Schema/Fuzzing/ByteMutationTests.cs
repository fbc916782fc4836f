using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Schema.Fuzzing;

/// <summary>Damaged schemas and documents: compiling and evaluating never throws, and both modes of the evaluator agree.</summary>
public sealed class ByteMutationTests
{
    private static readonly MessageCase[] Cases = [.. MessageCorpus.All];

    private static readonly string[] Fragments =
        ["{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "-1e9", "\"$ref\":\"#\",", "\"allOf\":[{}],", "\"not\":{},", "\"type\":\"array\",", "\u0000", "é", "\"if\":false,"];

    [Fact]
    public void Mutated_schemas_and_documents_never_throw_and_verdict_and_diagnostics_agree() => FuzzRun.ForAllSeeds(3000, static seed =>
    {
        var random = new Random(seed);
        var sample = Cases[random.Next(Cases.Length)];
        var schema = Encoding.UTF8.GetBytes(sample.SchemaText);
        var document = Encoding.UTF8.GetBytes(sample.Document);
        var which = random.Next(1, 4);
        Check((which & 1) != 0 ? Mutate(schema, random) : schema, (which & 2) != 0 ? Mutate(document, random) : document);
    });

    private static void Check(byte[] schema, byte[] document)
    {
        var compiled = new SchemaRegistry().Compile(SchemaTestCase.SchemaUri, JsonParser.Parse(SourceText.FromUtf8(schema))).Schema;
        var text = SourceText.FromUtf8(document);
        var tree = JsonParser.Parse(text);
        Assert.Equal(text.ToString(), tree.ToFullString());
        var result = SchemaEvaluator.Evaluate(tree, compiled, EvaluationOptions.Default);
        var hasError = result.Diagnostics.Any(static d => d.Severity == DiagnosticSeverity.Error);
        Assert.True(result.IsValid != hasError, $"{Encoding.UTF8.GetString(schema)}\n{Encoding.UTF8.GetString(document)}\n{string.Join('\n', result.Diagnostics.Select(static d => d.Message))}");
        Assert.All(result.Diagnostics, d => Assert.InRange(d.Span.End, 0, document.Length));
        Assert.DoesNotContain(result.Diagnostics, static d => d.Message == "The document does not fit its schema.");
        for (var i = 1; i < tree.NodeCount; i += 1 + (tree.NodeCount / 8))
        {
            SchemaEvaluator.FindApplicable(tree, compiled, tree.FindNode(i));
        }
    }

    private static byte[] Mutate(byte[] text, Random random)
    {
        var bytes = new List<byte>(text);
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(3))
            {
                case 0 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 6), bytes.Count - at));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }
}
