using ConfigLsp.Core.Schema.Keywords;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says in words what a simple schema accepts: <c>an integer of at least 5</c>, <c>an object with `role` "admin"</c>.</summary>
internal static class SchemaPhrase
{
    private const int MaxNesting = 4;
    private const int MaxValues = 6;

    /// <summary>The words with their article, or null if the schema demands what a few words cannot say.</summary>
    public static string? Of(SchemaNode schema) => Of(schema, 0);

    /// <summary>The keys with their values that an object must have, if the schema demands no more than such: <c>`level` "trace"</c>.</summary>
    public static List<(string Key, AllowedValuesKeyword? Values)>? Members(SchemaNode schema)
    {
        if (schema.Keywords is not [MembersKeyword] || schema.AdditionalProperties is not null || !schema.PatternProperties.IsEmpty)
        {
            return null;
        }

        var members = new List<(string, AllowedValuesKeyword?)>();
        foreach (var property in schema.Properties)
        {
            var values = property.Schema is { } value ? BranchFacts.ListedValues(value) : null;
            if (values is null && property.Schema is { IsTrivial: false })
            {
                return null;
            }

            if (property.IsRequired || values is not null)
            {
                members.Add((property.Name, values));
            }
        }

        return members;
    }

    private static string? Of(SchemaNode schema, int nesting)
    {
        if (schema.Annotations.Title is { Length: > 0 } title)
        {
            return $"`{ValueText.Shorten(title)}`";
        }

        if (nesting == MaxNesting || schema.Always is not null)
        {
            return null;
        }

        return schema.Keywords switch
        {
            [] => schema.Types == InstanceTypes.All ? null : ValueText.Types(schema.Types),
            [AllowedValuesKeyword { Values: { Length: > 0 and <= MaxValues } values }] => ValueText.Join([.. values.Select(ValueText.Show)], "or"),
            [ReferenceKeyword] when schema.Reference is { } target => Of(target, nesting + 1) ?? VariantName.OfReference(schema),
            [VariantsKeyword variants] => Alternatives(variants, nesting),
            _ => Constrained(schema),
        };
    }

    private static string? Alternatives(VariantsKeyword variants, int nesting)
    {
        var phrases = variants.Branches.Select(b => Of(b, nesting + 1)).ToArray();
        return phrases.Length <= MaxValues && Array.TrueForAll(phrases, static p => p is not null) ? ValueText.Join(phrases!, "or") : null;
    }

    private static string? Constrained(SchemaNode schema)
    {
        if (Members(schema) is { Count: > 0 } members)
        {
            var parts = members.Select(static m => m.Values is { Values: [var only] } ? $"{ValueText.Key(m.Key)} {ValueText.Show(only)}" : ValueText.Key(m.Key));
            return members.TrueForAll(static m => m.Values is null or { Values.Length: 1 }) ? "an object with " + ValueText.Join([.. parts], "and") : null;
        }

        var about = schema.Keywords[0].LooksAt;
        var otherTypes = schema.Types & ~(about == InstanceTypes.Number ? InstanceTypes.Number | InstanceTypes.Integer : about);
        if ((schema.Types != InstanceTypes.All && otherTypes != 0) || Array.Exists(schema.Keywords, k => k.LooksAt != about || k.Qualifier is null))
        {
            return null;
        }

        var noun = about switch
        {
            InstanceTypes.String => "text",
            InstanceTypes.Number => (schema.Types & InstanceTypes.Number) == 0 ? "an integer" : "a number",
            InstanceTypes.Array => "an array",
            InstanceTypes.Object => "an object",
            _ => null,
        };
        if (noun is null)
        {
            return null;
        }

        // The name of a format says more than "text".
        var format = schema.Keywords.OfType<FormatKeyword>().FirstOrDefault();
        var qualifiers = schema.Keywords.Where(k => !ReferenceEquals(k, format)).Select(static k => k.Qualifier!).ToArray();
        return (format?.Qualifier ?? noun) + (qualifiers.Length == 0 ? string.Empty : " " + ValueText.Join(qualifiers, "and"));
    }
}
