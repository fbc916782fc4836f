using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>What one branch of <c>anyOf</c> or <c>oneOf</c> says at first sight, also through references and <c>allOf</c>.</summary>
internal sealed class BranchFacts
{
    private const int MaxNesting = 8;
    private const int MaxParts = 1000;

    private readonly HashSet<SchemaNode> _read = [];
    private readonly int _maxKeys;

    /// <param name="branch">The branch.</param>
    /// <param name="number">Its position among the branches.</param>
    /// <param name="maxKeys">The most keys to remember: many branches may each refer to a schema of many keys.</param>
    public BranchFacts(SchemaNode branch, int number, int maxKeys = int.MaxValue)
    {
        Branch = branch;
        Number = number;
        _maxKeys = maxKeys;
        Read(branch, 0);
        _read.Clear();
        _read.TrimExcess();
    }

    public SchemaNode Branch { get; }

    /// <summary>Position among the branches.</summary>
    public int Number { get; }

    /// <summary>The types that the branch may accept.</summary>
    public InstanceTypes Types { get; private set; } = InstanceTypes.All;

    /// <summary>Whether numbers must be integers.</summary>
    public bool OnlyIntegers => (Types & (InstanceTypes.Number | InstanceTypes.Integer)) == InstanceTypes.Integer;

    /// <summary>The keys that the branch knows.</summary>
    public Dictionary<string, SchemaNode> Keys { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>The keys whose values are listed.</summary>
    public Dictionary<string, AllowedValuesKeyword> Constants { get; } = new(StringComparer.Ordinal);

    /// <summary>The values that the branch allows for the instance itself, or null.</summary>
    public AllowedValuesKeyword? Values { get; private set; }

    /// <summary>How messages call the branch.</summary>
    public string Name
    {
        get
        {
            if (VariantName.Of(Branch) is { } name)
            {
                return name;
            }

            foreach (var constant in Constants.Values)
            {
                if (constant.Values is [{ Kind: SyntaxKind.String } only])
                {
                    return $"`{ValueText.Shorten(only.GetString())}`";
                }
            }

            return $"variant {Number + 1}";
        }
    }

    /// <summary>The key, if demanding it is all that the branch does; else null.</summary>
    public string? OnlyRequiredKey =>
        Required.Count == 1 && Branch.Keywords is [MembersKeyword] && Branch.AdditionalProperties is null && Branch.PatternProperties.IsEmpty
        && Keys.Values.All(static k => k.IsTrivial)
            ? Required.First()
            : null;

    /// <summary>Whether the type of the instance is not what rules the branch out.</summary>
    public bool AcceptsTypeOf(SyntaxNode instance)
    {
        var type = KindClass.TypeOf(KindClass.Of(instance.Kind));
        if ((Types & type) != 0)
        {
            return true;
        }

        return type == InstanceTypes.Number && OnlyIntegers && NumberText.IsInteger(instance.RawText, Branch.IntegerAllowsZeroFraction);
    }

    /// <summary>The listed values of a property's schema, looked for through one reference.</summary>
    public static AllowedValuesKeyword? ListedValues(SchemaNode schema)
    {
        for (var hops = 0; hops < MaxNesting; hops++)
        {
            foreach (var keyword in schema.Keywords)
            {
                if (keyword is AllowedValuesKeyword listed)
                {
                    return listed;
                }
            }

            if (schema.Reference is null)
            {
                break;
            }

            schema = schema.Reference;
        }

        return null;
    }

    private void Read(SchemaNode node, int nesting)
    {
        if (_read.Count >= MaxParts || !_read.Add(node))
        {
            return;
        }

        if (node.Always is false)
        {
            Types = InstanceTypes.None;
        }

        // "number" includes "integer", so the narrower of the two survives an intersection.
        Types &= node.Types;
        foreach (var keyword in node.Keywords)
        {
            Values ??= keyword as AllowedValuesKeyword;
        }

        foreach (var property in node.Properties)
        {
            if (Keys.Count + Required.Count >= _maxKeys)
            {
                break;
            }

            if (property.IsRequired)
            {
                Required.Add(property.Name);
            }

            if (property.Schema is null)
            {
                continue;
            }

            Keys.TryAdd(property.Name, property.Schema);
            if (ListedValues(property.Schema) is { } listed)
            {
                Constants.TryAdd(property.Name, listed);
            }
        }

        if (nesting == MaxNesting)
        {
            return;
        }

        if (node.Reference is { } target && Array.Exists(node.Keywords, static k => k is ReferenceKeyword { DynamicAnchor: null }))
        {
            Read(target, nesting + 1);
        }

        foreach (var part in node.AllOf)
        {
            Read(part, nesting + 1);
        }
    }
}
