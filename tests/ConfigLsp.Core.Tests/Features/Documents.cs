using System.Text;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Completion;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Features;

/// <summary>Builds the snapshots that features are asked about.</summary>
internal static class Documents
{
    /// <summary>A schema with a bit of everything that completion and hover read.</summary>
    public const string AgentSchema = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "title": "Agents",
          "type": "object",
          "allowComments": true,
          "required": ["name"],
          "additionalProperties": false,
          "properties": {
            "maxAgents": { "type": "integer", "minimum": 1, "maximum": 50, "default": 3, "title": "Most agents", "description": "How many *agents* may run." },
            "logLevel": { "enum": ["debug", "info"], "default": "info", "enumDescriptions": ["Everything.", "The usual."] },
            "delay": { "type": "number", "x-unit": "ms", "description": "Pause." },
            "enabled": { "type": "boolean" },
            "name": { "type": "string", "examples": ["a", "b"] },
            "old": { "type": "string", "deprecationMessage": "Use name." },
            "hidden": { "type": "string", "doNotSuggest": true },
            "tags": { "type": "array", "items": { "$ref": "#/definitions/tag" } },
            "nested": { "allOf": [{ "$ref": "#/definitions/nested" }] },
            "store": {
              "oneOf": [
                { "properties": { "kind": { "const": "file" }, "path": { "type": "string" } }, "required": ["kind", "path"] },
                { "properties": { "kind": { "const": "http" }, "url": { "type": "string" } }, "required": ["kind", "url"] }
              ]
            }
          },
          "definitions": {
            "tag": { "enum": ["red", "green"] },
            "nested": { "type": "object", "properties": { "depth": { "type": "integer" }, "self": { "$ref": "#/definitions/nested" } } }
          }
        }
        """;

    public static DocumentSnapshot Create(string text, string? schema = AgentSchema, SyntaxDialect? dialect = null) =>
        new("file:///test.json", 1, JsonParser.Parse(SourceText.From(text)), schema is null ? null : Compile(schema), dialect ?? SyntaxDialect.Json);

    public static JsonSchema Compile(string schema)
    {
        var registry = new SchemaRegistry();
        registry.Add("file:///test.schema.json", JsonParser.Parse(SourceText.From(schema)));
        var compilation = registry.Compile("file:///test.schema.json");
        Assert.NotNull(compilation.Schema);
        return compilation.Schema;
    }

    /// <summary>The text after an editor without snippet support has accepted the item.</summary>
    public static string Accept(DocumentSnapshot snapshot, CompletionItem item)
    {
        var changes = item.AdditionalChanges.Add(new TextChange(item.ReplaceSpan, Encoding.UTF8.GetBytes(item.NewText)));
        return snapshot.Text.WithChanges(changes.AsSpan()).ToString();
    }
}
