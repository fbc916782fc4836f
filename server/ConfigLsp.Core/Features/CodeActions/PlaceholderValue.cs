using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>The value that a new key starts with: what the schema names, else the emptiest value of its type that fits.</summary>
internal static class PlaceholderValue
{
    private const int MaxDepth = 4;
    private const int MaxSchemas = 200;

    /// <summary>The value as JSON.</summary>
    public static string Of(IEnumerable<ApplicableSchema> schemas) => Of([.. schemas.OrderByDescending(static s => s.IsCertain).Select(static s => s.Schema)], 0);

    /// <summary>The value of a key of an object to which the schemas apply.</summary>
    public static string OfKey(IEnumerable<ApplicableSchema> schemas, string key) =>
        Of(Members([.. schemas.OrderByDescending(static s => s.IsCertain).Select(static s => s.Schema)], key), 0);

    private static string Of(IReadOnlyList<SchemaNode> schemas, int depth)
    {
        var all = Unfold(schemas);
        foreach (var schema in all)
        {
            if (Named(schema.Annotations) is { IsNone: false } named)
            {
                return Encoding.UTF8.GetString(named.RawText);
            }
        }

        var types = all.Aggregate(InstanceTypes.All, static (types, schema) => (types & schema.Types) == InstanceTypes.None ? types : types & schema.Types);
        if (types == InstanceTypes.All)
        {
            return all.Exists(static s => !s.Properties.IsEmpty) ? OfObject(all, depth) : "null";
        }

        return types switch
        {
            _ when (types & InstanceTypes.String) != 0 => "\"\"",
            _ when (types & (InstanceTypes.Integer | InstanceTypes.Number)) != 0 => OfNumber(all),
            _ when (types & InstanceTypes.Boolean) != 0 => "false",
            _ when (types & InstanceTypes.Object) != 0 => OfObject(all, depth),
            _ when (types & InstanceTypes.Array) != 0 => "[]",
            _ => "null",
        };
    }

    private static SyntaxNode Named(SchemaAnnotations annotations)
    {
        if (!annotations.Const.IsNone || !annotations.Default.IsNone)
        {
            return annotations.Const.IsNone ? annotations.Default : annotations.Const;
        }

        foreach (var value in annotations.Enum.IsNone ? default : annotations.Enum.Children)
        {
            return value;
        }

        return default;
    }

    /// <summary>The lower limit where 0 is below it, else the upper limit where 0 is above it.</summary>
    private static string OfNumber(List<SchemaNode> schemas)
    {
        var zero = ExactNumber.Parse("0"u8);
        foreach (var schema in schemas)
        {
            if (schema.Annotations.Keyword("minimum"u8) is { IsNone: false, Kind: SyntaxKind.Number } least && ExactNumber.Parse(least.RawText) > zero)
            {
                return Encoding.UTF8.GetString(least.RawText);
            }

            if (schema.Annotations.Keyword("maximum"u8) is { IsNone: false, Kind: SyntaxKind.Number } most && ExactNumber.Parse(most.RawText) < zero)
            {
                return Encoding.UTF8.GetString(most.RawText);
            }

            if (schema.Annotations.Keyword("exclusiveMinimum"u8) is { IsNone: false, Kind: SyntaxKind.Number } above
                && ExactNumber.Parse(above.RawText) is var limit && limit >= zero && limit.ToNonNegativeInt32() is < int.MaxValue and { } whole)
            {
                return (whole + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return "0";
    }

    private static string OfObject(List<SchemaNode> schemas, int depth)
    {
        if (depth >= MaxDepth)
        {
            return "{}";
        }

        var members = new List<string>();
        foreach (var key in schemas.SelectMany(static s => s.Properties).Where(static p => p.IsRequired).Select(static p => p.Name).Distinct(StringComparer.Ordinal))
        {
            members.Add($"{JsonText.Quote(key)}: {Of(Members(schemas, key), depth + 1)}");
        }

        return members.Count == 0 ? "{}" : "{ " + string.Join(", ", members) + " }";
    }

    private static List<SchemaNode> Members(IReadOnlyList<SchemaNode> schemas, string key)
    {
        var members = new List<SchemaNode>();
        foreach (var schema in Unfold(schemas))
        {
            foreach (var property in schema.Properties)
            {
                if (property.Name == key && property.Schema is { } member)
                {
                    members.Add(member);
                }
            }
        }

        if (members.Count == 0)
        {
            members.AddRange(Unfold(schemas).Where(static s => s.AdditionalProperties is { Always: null }).Select(static s => s.AdditionalProperties!));
        }

        return members;
    }

    /// <summary>The schemas with those they refer to or are made of; of alternatives the first.</summary>
    public static List<SchemaNode> Unfold(IReadOnlyList<SchemaNode> schemas)
    {
        var all = new List<SchemaNode>();
        var seen = new HashSet<SchemaNode>();
        var pending = new Stack<SchemaNode>(schemas.Reverse());
        while (pending.TryPop(out var schema) && all.Count < MaxSchemas)
        {
            if (!seen.Add(schema))
            {
                continue;
            }

            all.Add(schema);
            if (!schema.OneOf.IsEmpty)
            {
                pending.Push(schema.OneOf[0]);
            }

            if (!schema.AnyOf.IsEmpty)
            {
                pending.Push(schema.AnyOf[0]);
            }

            foreach (var part in schema.AllOf.Reverse())
            {
                pending.Push(part);
            }

            if (schema.Reference is { } reference)
            {
                pending.Push(reference);
            }
        }

        return all;
    }
}
