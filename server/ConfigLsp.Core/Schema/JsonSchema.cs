using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>A compiled schema: immutable, shared by all documents and threads. Made by <see cref="SchemaRegistry"/>.</summary>
public sealed class JsonSchema
{
    internal JsonSchema(string uri, SchemaNode root, ImmutableArray<SchemaProblem> problems, SchemaFeatures features)
    {
        Uri = uri;
        Root = root;
        Problems = problems;
        Features = features;
    }

    /// <summary>Accepts everything.</summary>
    public static readonly JsonSchema Anything = new(string.Empty, new SchemaNode(default, resource: null) { Always = true }, [], default);

    /// <summary>URI of the schema document; empty for a combination.</summary>
    public string Uri { get; }

    /// <summary>The schema of the whole document.</summary>
    public SchemaNode Root { get; }

    /// <summary>What could not be used, for instance a reference that leads nowhere.</summary>
    public ImmutableArray<SchemaProblem> Problems { get; }

    /// <summary>What the schema says about comments in the documents (VS Code's <c>allowComments</c>); null if nothing.</summary>
    public bool? AllowComments { get; private init; }

    /// <summary>What the schema says about trailing commas in the documents (VS Code's <c>allowTrailingCommas</c>); null if nothing.</summary>
    public bool? AllowTrailingCommas { get; private init; }

    internal SchemaFeatures Features { get; }

    /// <summary>All of the schemas at once, as several associations of one file mean. One schema is returned as it is.</summary>
    public static JsonSchema AllOf(IReadOnlyList<JsonSchema> schemas)
    {
        if (schemas.Count == 0)
        {
            return Anything;
        }

        if (schemas.Count == 1)
        {
            return schemas[0];
        }

        var root = new SchemaNode(default, resource: null);
        ImmutableArray<SchemaNode> parts = [.. schemas.Select(static s => s.Root)];
        root.AllOf = parts;
        SchemaGraph.SetKeywords(root, [new AllOfKeyword(new KeywordSite(root, "allOf", default), parts)]);
        return Combine(string.Empty, root, schemas);
    }

    /// <summary>
    /// The schema attached to the value at a JSON Pointer (RFC 6901): everything around the value is accepted. A number selects the item of an
    /// array, up to position 9,999, or the key of an object, whichever the document has there.
    /// </summary>
    public static JsonSchema At(string jsonPointer, JsonSchema schema)
    {
        if (jsonPointer.Length == 0)
        {
            return schema;
        }

        var names = jsonPointer[0] == '/' ? jsonPointer[1..].Split('/') : jsonPointer.Split('/');
        var node = Surround(Array.ConvertAll(names, JsonPointer.Unescape), schema.Root, atItems: true);
        return Combine(schema.Uri, node, [schema]);
    }

    /// <summary>
    /// The schema of a file in which settings stand flat under a section, as in the settings of VS Code: with the section <c>nofx</c>,
    /// <c>"nofx.agent.max"</c> has the schema of the key <c>agent.max</c>, and <c>"nofx"</c> the whole schema. Everything else is accepted, and
    /// what the schema says about comments does not count, since the file is not its own.
    /// </summary>
    /// <param name="section">The section, without its final dot; not empty.</param>
    /// <param name="settings">The schema of the settings.</param>
    public static JsonSchema ForSection(string section, JsonSchema settings) =>
        new(settings.Uri, SectionSchema.Create(section, settings), settings.Problems, settings.Features);

    /// <summary>Objects within one another that each have the next name, around a schema.</summary>
    /// <param name="names">The names, outermost first.</param>
    /// <param name="node">The schema within.</param>
    /// <param name="atItems">Whether a number is also the position of an item, where there is an array.</param>
    internal static SchemaNode Surround(ReadOnlySpan<string> names, SchemaNode node, bool atItems = false)
    {
        for (var i = names.Length - 1; i >= 0; i--)
        {
            var name = names[i];
            var around = new SchemaNode(default, resource: null) { Properties = [new SchemaProperty(name, node, IsRequired: false)] };
            var members = new MembersKeyword(
                new KeywordSite(around, "properties", default),
                new PropertyTable([new PropertyEntry(Encoding.UTF8.GetBytes(name), name, node, -1)]),
                [],
                additional: null,
                requiredCount: 0);
            SchemaGraph.SetKeywords(around, atItems && ItemsKeyword.TryCreateAt(around, name, node) is { } items ? [members, items] : [members]);
            around.MayWarn = node.MayWarn;
            around.MayHoldSecret = node.MayHoldSecret;
            node = around;
        }

        return node;
    }

    internal static JsonSchema Create(string uri, SchemaNode root, ImmutableArray<SchemaProblem> problems, SchemaFeatures features) =>
        new(uri, root, problems, features) { AllowComments = Flag(root, "allowComments"u8), AllowTrailingCommas = Flag(root, "allowTrailingCommas"u8) };

    private static JsonSchema Combine(string uri, SchemaNode root, IReadOnlyList<JsonSchema> parts)
    {
        foreach (var part in parts)
        {
            root.MayWarn |= part.Root.MayWarn;
            root.MayHoldSecret |= part.Root.MayHoldSecret;
        }

        var features = new SchemaFeatures(parts.Any(static p => p.Features.HasDynamicScope));
        return new JsonSchema(uri, root, [.. parts.SelectMany(static p => p.Problems)], features)
        {
            AllowComments = parts.Select(static p => p.AllowComments).FirstOrDefault(static a => a is not null),
            AllowTrailingCommas = parts.Select(static p => p.AllowTrailingCommas).FirstOrDefault(static a => a is not null),
        };
    }

    private static bool? Flag(SchemaNode root, ReadOnlySpan<byte> name) => root.Annotations.Keyword(name).Kind switch
    {
        SyntaxKind.True => true,
        SyntaxKind.False => false,
        _ => null,
    };
}

/// <summary>Facts about a whole compiled schema that decide how it is evaluated.</summary>
/// <param name="HasDynamicScope">Whether a reference depends on the way that led to it.</param>
internal readonly record struct SchemaFeatures(bool HasDynamicScope);
