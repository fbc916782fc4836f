using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Schema.Keywords;

namespace ConfigLsp.Core.Schema;

/// <summary>Makes the schema of a file in which settings stand flat under a section; see <see cref="JsonSchema.ForSection"/>.</summary>
internal static class SectionSchema
{
    private const int MaxKeys = 10_000;

    /// <summary>The schema of the whole file.</summary>
    public static SchemaNode Create(string section, JsonSchema settings)
    {
        var root = new SchemaNode(default, resource: null) { MayWarn = settings.Root.MayWarn, MayHoldSecret = settings.Root.MayHoldSecret };
        var properties = ImmutableArray.CreateBuilder<SchemaProperty>();
        foreach (var (key, _) in SchemaKeys.Walk(settings).Take(MaxKeys))
        {
            // A name with a dot of its own cannot be told from two names.
            if (!key.Segments.Any(static s => s.Contains('.', StringComparison.Ordinal)))
            {
                properties.Add(new SchemaProperty($"{section}.{string.Join('.', key.Segments)}", NodeOf(key), IsRequired: false));
            }
        }

        // The section, and each part of its own name, may also hold an object.
        var parts = section.Split('.');
        for (var i = parts.Length; i > 0; i--)
        {
            properties.Add(new SchemaProperty(string.Join('.', parts[..i]), JsonSchema.Surround(parts.AsSpan(i), settings.Root), IsRequired: false));
        }

        root.Properties = properties.ToImmutable();
        var table = new PropertyTable([.. root.Properties.Select(static p => new PropertyEntry(Encoding.UTF8.GetBytes(p.Name), p.Name, p.Schema, -1))]);
        SchemaGraph.SetKeywords(root, [new SectionKeyword(new KeywordSite(root, "additionalProperties", default), section, settings, table)]);
        return root;
    }

    /// <summary>
    /// One schema for all that is said about a key: what is certain must hold, what stands in a branch only explains, and a secret around the
    /// key makes the key one.
    /// </summary>
    public static SchemaNode NodeOf(SchemaKey key)
    {
        ImmutableArray<SchemaNode> certain = [.. key.Direct.Where(static s => s.IsCertain).Select(static s => s.Schema)];
        ImmutableArray<SchemaNode> possible = [.. key.Direct.Where(static s => !s.IsCertain).Select(static s => s.Schema)];
        if (certain.Length == 1 && possible.IsEmpty && certain[0].IsSecret == key.IsSecret)
        {
            return certain[0];
        }

        var node = new SchemaNode(default, resource: null)
        {
            IsSecret = key.IsSecret,
            MayHoldSecret = key.MayHoldSecret,
            MayWarn = key.Direct.Any(static s => s.Schema.MayWarn),
            AllOf = certain,
        };
        var keywords = new List<Keyword>();
        if (!certain.IsEmpty)
        {
            keywords.Add(new AllOfKeyword(new KeywordSite(node, "allOf", default), certain));
        }

        if (!possible.IsEmpty)
        {
            node.AnyOf = [.. possible, JsonSchema.Anything.Root];
            keywords.Add(new VariantsKeyword(new KeywordSite(node, "anyOf", default), node.AnyOf, exactlyOne: false));
        }

        SchemaGraph.SetKeywords(node, keywords);
        return node;
    }
}
