using System.Text;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Writes a value in another type, where that does not change what it says.</summary>
internal static class Coercion
{
    /// <summary>The same value in one of the types, as JSON, or null if there is none.</summary>
    /// <param name="explanation">The walk.</param>
    /// <param name="schema">The schema that has the types, or null if they come from several.</param>
    /// <param name="types">The types.</param>
    /// <param name="instance">The value; not a secret.</param>
    public static string? Find(Explanation explanation, SchemaNode? schema, InstanceTypes types, SyntaxNode instance) => instance.Kind switch
    {
        SyntaxKind.String => FromText(instance.GetString().Trim(), types) ?? Wrap(explanation, schema, types, instance),
        SyntaxKind.Number => FromNumber(instance, types) ?? Wrap(explanation, schema, types, instance),
        SyntaxKind.True or SyntaxKind.False => (types & InstanceTypes.String) != 0 ? InQuotes(instance) : Wrap(explanation, schema, types, instance),
        SyntaxKind.Array when schema is not null && instance.ChildCount == 1 => Unwrap(explanation, schema, instance),
        _ => null,
    };

    private static string? InQuotes(SyntaxNode instance) => ValueText.Json(instance) is { } json ? $"\"{json}\"" : null;

    private static string? FromText(string text, InstanceTypes types)
    {
        if ((types & InstanceTypes.Boolean) != 0)
        {
            switch (text.ToLowerInvariant())
            {
                case "true" or "yes" or "on":
                    return "true";
                case "false" or "no" or "off":
                    return "false";
            }
        }

        if (text == "null" && (types & InstanceTypes.Null) != 0)
        {
            return text;
        }

        var lexeme = Encoding.UTF8.GetBytes(text);
        if ((types & (InstanceTypes.Number | InstanceTypes.Integer)) == 0 || !NumberText.IsNumber(lexeme))
        {
            return null;
        }

        return (types & InstanceTypes.Number) != 0 || NumberText.IsInteger(lexeme, allowZeroFraction: true) ? text : null;
    }

    private static string? FromNumber(SyntaxNode instance, InstanceTypes types)
    {
        if ((types & InstanceTypes.String) != 0)
        {
            return InQuotes(instance);
        }

        var text = ValueText.Json(instance);
        if ((types & InstanceTypes.Integer) != 0 && text is not null && text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && text[(dot + 1)..].Trim('0').Length == 0)
        {
            return text[..dot];
        }

        return (types & InstanceTypes.Boolean) == 0 ? null : text switch { "0" => "false", "1" => "true", _ => null };
    }

    /// <summary>One value where a list of such values belongs.</summary>
    private static string? Wrap(Explanation explanation, SchemaNode? schema, InstanceTypes types, SyntaxNode instance)
    {
        if (schema is null || (types & InstanceTypes.Array) == 0 || ValueText.Json(instance) is not { } json)
        {
            return null;
        }

        var itemSchema = schema.PrefixItems.Length > 0 ? schema.PrefixItems[0] : schema.Items;
        return itemSchema is null || explanation.Evaluation.IsValid(itemSchema, instance) ? $"[{json}]" : null;
    }

    /// <summary>A list of one value where the value itself belongs.</summary>
    private static string? Unwrap(Explanation explanation, SchemaNode schema, SyntaxNode instance)
    {
        foreach (var only in instance.Children)
        {
            if (only.IsValue && !explanation.IsSecret(only) && explanation.Evaluation.IsValid(schema, only))
            {
                return ValueText.Json(only);
            }
        }

        return null;
    }
}
