using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>How messages call a schema that is one of several: by title, by the name it is referred to, by its values, or by what it accepts.</summary>
internal static class VariantName
{
    /// <summary>The name, ready for a message, or null if the schema has none.</summary>
    public static string? Of(SchemaNode schema)
    {
        if (schema.Annotations.Title is { Length: > 0 } title)
        {
            return $"`{ValueText.Shorten(title)}`";
        }

        if (OfReference(schema) is { } name)
        {
            return name;
        }

        if (BranchFacts.ListedValues(schema) is { Values: { Length: > 0 and <= 3 } values })
        {
            return ValueText.Join([.. values.Select(ValueText.Show)], "or");
        }

        return schema.Types != InstanceTypes.All && schema.Properties.IsEmpty ? SchemaPhrase.Of(schema) ?? ValueText.Types(schema.Types) : null;
    }

    /// <summary>The title of what the schema refers to, or the name of that definition; null if it refers to nothing.</summary>
    public static string? OfReference(SchemaNode schema)
    {
        if (schema.Reference is not { } target || ReferenceEquals(target, schema))
        {
            return null;
        }

        if (target.Annotations.Title is { Length: > 0 } title)
        {
            return $"`{ValueText.Shorten(title)}`";
        }

        var pointer = target.Origin.Pointer;
        return pointer.LastIndexOf('/') is >= 0 and var slash ? $"`{ValueText.Shorten(JsonPointer.Unescape(pointer[(slash + 1)..]))}`" : null;
    }
}
