using System.Text;
using System.Text.Json;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Schema.Fuzzing;

/// <summary>Random schemas of every draft and random documents, whose verdict an independent oracle says and which no way of writing changes.</summary>
public sealed class SchemaPropertyTests
{
    private static readonly string Regressions = Repository.PathOf("tests", "ConfigLsp.Core.Tests", "Schema", "Fuzzing", "regressions.jsonl");

    private static readonly Func<string, string>[] Wrappings =
    [
        static s => $"\"allOf\":[{s}]",
        static s => $"\"anyOf\":[{s}]",
        static s => $"\"oneOf\":[{s}]",
        static s => $"\"not\":{{\"not\":{s}}}",
        static s => $"\"anyOf\":[{s},{s}]",
        static s => $"\"allOf\":[{s},{{}},{s}]",
        static s => $"\"oneOf\":[{s},{{\"allOf\":[{s},{{\"not\":{{}}}}]}}]",
    ];

    [Fact]
    public void Verdicts_are_those_of_an_independent_oracle_and_findings_agree() => FuzzRun.ForAllSeeds(1500, static seed =>
    {
        var (random, draft, generator) = Start(seed);
        var (head, schema) = (generator.Head(), generator.Schema(4));
        for (var i = 0; i < 4; i++)
        {
            Check(draft, Join(head, schema), generator.Value(3));
        }
    });

    [Fact]
    public void Verdicts_do_not_depend_on_how_a_schema_is_wrapped_or_keys_are_ordered() => FuzzRun.ForAllSeeds(400, static seed =>
    {
        var (random, draft, generator) = Start(seed);
        var (head, schema, document) = (generator.Head(), generator.Schema(3), generator.Value(3));
        var expected = IsValid(Join(head, schema), document);
        foreach (var wrap in Wrappings)
        {
            var wrapped = $"{{{head},{wrap(schema)}}}";
            Assert.True(expected == IsValid(wrapped, document), $"{wrapped}\n{document}");
        }

        using var parsed = JsonDocument.Parse(document);
        var reordered = Reverse(parsed.RootElement);
        Assert.True(expected == IsValid(Join(head, schema), reordered), $"{Join(head, schema)}\n{reordered}");
    });

    [Fact]
    public void Regressions_stay_mended()
    {
        foreach (var line in File.ReadLines(Regressions))
        {
            using var entry = JsonDocument.Parse(line);
            var draft = Enum.Parse<OracleDraft>(entry.RootElement.GetProperty("draft").GetString()!);
            Check(draft, entry.RootElement.GetProperty("schema").GetRawText(), entry.RootElement.GetProperty("document").GetRawText());
        }
    }

    private static (Random Random, OracleDraft Draft, RandomSchema Generator) Start(int seed)
    {
        var random = new Random(seed);
        var draft = (OracleDraft)random.Next(5);
        return (random, draft, new RandomSchema(random, draft));
    }

    private static string Join(string head, string schema) => schema is "true" or "false" or "{}" || schema.Contains("\"$ref\"", StringComparison.Ordinal)
        ? $"{{{head},\"allOf\":[{schema}]}}"
        : $"{{{head},{schema[1..]}";

    private static void Check(OracleDraft draft, string schemaText, string document)
    {
        using var schemaDocument = JsonDocument.Parse(schemaText);
        using var instance = JsonDocument.Parse(document);
        var expected = new Oracle(draft, schemaDocument.RootElement).IsValid(instance.RootElement);
        var schema = Compile(schemaText);
        var tree = JsonParser.Parse(SourceText.From(document));
        var result = SchemaEvaluator.Evaluate(tree, schema, EvaluationOptions.Default);
        var context = $"{{\"draft\":\"{draft}\",\"schema\":{schemaText},\"document\":{document}}}\n{string.Join('\n', result.Diagnostics.Select(static d => d.Message))}";
        Assert.True(schema.Problems.IsEmpty, context);
        Assert.True(expected == result.IsValid, context);
        Assert.True(expected == SchemaEvaluator.IsValid(tree, schema, EvaluationOptions.Default), context);
        Assert.True(expected != result.Diagnostics.Any(static d => d.Severity == DiagnosticSeverity.Error), context);
        Assert.True(result.Diagnostics.All(static d => d.Message != "The document does not fit its schema."), context);
        for (var i = 0; i < tree.NodeCount; i++)
        {
            SchemaEvaluator.FindApplicable(tree, schema, tree.FindNode(i));
        }
    }

    private static bool IsValid(string schema, string document) =>
        SchemaEvaluator.IsValid(JsonParser.Parse(SourceText.From(document)), Compile(schema), EvaluationOptions.Default);

    private static JsonSchema Compile(string text) => new SchemaRegistry().Compile(SchemaTestCase.SchemaUri, JsonParser.Parse(SourceText.From(text))).Schema;

    private static string Reverse(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => new StringBuilder("[").AppendJoin(',', value.EnumerateArray().Select(Reverse)).Append(']').ToString(),
        JsonValueKind.Object => new StringBuilder("{").AppendJoin(
            ',', value.EnumerateObject().Reverse().Select(static m => JsonSerializer.Serialize(m.Name) + ":" + Reverse(m.Value))).Append('}').ToString(),
        _ => value.GetRawText(),
    };
}
