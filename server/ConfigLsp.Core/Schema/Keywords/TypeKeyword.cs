using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>type</c> (2020-12 Validation, section 6.1.1). It becomes a property of the schema itself, so that it is checked before all else.</summary>
internal static class TypeKeyword
{
    public static void Compile(SchemaBuilder builder)
    {
        if (!builder.TryGet("type", out var value))
        {
            return;
        }

        var types = InstanceTypes.None;
        if (value.Kind == SyntaxKind.Array)
        {
            foreach (var item in value.Children)
            {
                types |= Read(item);
            }
        }
        else
        {
            types = Read(value);
        }

        if (types == InstanceTypes.None)
        {
            builder.Malformed("type", value, "one of \"null\", \"boolean\", \"object\", \"array\", \"number\", \"integer\", \"string\", or an array of them");
            return;
        }

        builder.Node.Types = types;
    }

    private static InstanceTypes Read(SyntaxNode value) => value.Kind != SyntaxKind.String ? InstanceTypes.None : value.GetString() switch
    {
        "null" => InstanceTypes.Null,
        "boolean" => InstanceTypes.Boolean,
        "object" => InstanceTypes.Object,
        "array" => InstanceTypes.Array,
        "number" => InstanceTypes.Number | InstanceTypes.Integer,
        "integer" => InstanceTypes.Integer,
        "string" => InstanceTypes.String,
        _ => InstanceTypes.None,
    };
}
