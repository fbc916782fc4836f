namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>How messages call a schema that is one of several: by title, by the name it is referred to, or by its type.</summary>
internal static class VariantName
{
    /// <summary>The name, ready for a message, or null if the schema has none.</summary>
    public static string? Of(SchemaNode schema)
    {
        if (schema.Annotations.Title is { Length: > 0 } title)
        {
            return $"`{ValueText.Shorten(title)}`";
        }

        if (schema.Reference is { } target && !ReferenceEquals(target, schema))
        {
            if (target.Annotations.Title is { Length: > 0 } targetTitle)
            {
                return $"`{ValueText.Shorten(targetTitle)}`";
            }

            var pointer = target.Origin.Pointer;
            return pointer.LastIndexOf('/') is >= 0 and var slash ? $"`{ValueText.Shorten(pointer[(slash + 1)..])}`" : null;
        }

        if (BranchFacts.ListedValues(schema) is { Values: { Length: > 0 and <= 3 } values })
        {
            return ValueText.Join([.. values.Select(ValueText.Show)], "or");
        }

        return schema.Types != InstanceTypes.All && schema.Properties.IsEmpty ? ValueText.Types(schema.Types) : null;
    }
}
