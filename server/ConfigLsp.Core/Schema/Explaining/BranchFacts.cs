using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>What one branch of <c>anyOf</c> or <c>oneOf</c> says at first sight, also through references and <c>allOf</c>.</summary>
internal sealed class BranchFacts
{
    private const int MaxNesting = 8;
    private const int MaxRead = 200;
    private const int MaxValues = 1000;

    private readonly int _maxKeys;
    private int _read;
    private int _keys;

    /// <param name="branch">The branch.</param>
    /// <param name="number">Its position among the branches.</param>
    /// <param name="maxKeys">The most keys to look at: many branches may each refer to a schema of many keys.</param>
    public BranchFacts(SchemaNode branch, int number, int maxKeys = int.MaxValue)
    {
        Branch = branch;
        Number = number;
        _maxKeys = maxKeys;
        Read(branch, 0);
    }

    /// <summary>The types and values of an alternative within a branch, without its keys.</summary>
    private BranchFacts(SchemaNode branch, int nesting, ref int read)
    {
        Branch = branch;
        _read = read;
        Read(branch, nesting);
        read = _read;
    }

    public SchemaNode Branch { get; }

    /// <summary>Schemas and keys that were looked at.</summary>
    public int Looked => _read + _keys;

    /// <summary>Position among the branches.</summary>
    public int Number { get; }

    /// <summary>The types that the branch may accept.</summary>
    public InstanceTypes Types { get; private set; } = InstanceTypes.All;

    /// <summary>Whether numbers must be integers.</summary>
    public bool OnlyIntegers => (Types & (InstanceTypes.Number | InstanceTypes.Integer)) == InstanceTypes.Integer;

    /// <summary>The keys that the branch knows.</summary>
    public Dictionary<string, SchemaNode> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The keys one level deeper whose values are listed, with the key that they are under.</summary>
    public Dictionary<(string Key, string Inner), AllowedValuesKeyword> InnerConstants { get; } = [];

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>The keys whose values are listed.</summary>
    public Dictionary<string, AllowedValuesKeyword> Constants { get; } = new(StringComparer.Ordinal);

    /// <summary>The values that the branch allows for the instance itself, or null if it does not list them.</summary>
    public IReadOnlyList<SyntaxNode>? Values { get; private set; }

    /// <summary>How messages call the branch.</summary>
    public string Name
    {
        get
        {
            if (VariantName.Of(Branch) is { } name)
            {
                return name;
            }

            foreach (var constant in Constants.Values.Concat(InnerConstants.Values))
            {
                if (constant.Values is [{ Kind: SyntaxKind.String } only])
                {
                    return $"`{ValueText.Shorten(only.GetString())}`";
                }
            }

            return SchemaPhrase.Of(Branch) ?? $"variant {Number + 1}";
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
        if (_read > MaxRead)
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
            if (keyword is AllowedValuesKeyword listed)
            {
                Restrict(listed.Values);
            }
            else if (keyword is VariantsKeyword variants && nesting < MaxNesting && variants.Branches.Length <= MaxNesting)
            {
                ReadVariants(variants, nesting);
            }
        }

        foreach (var property in node.Properties)
        {
            if (++_keys > _maxKeys)
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

            foreach (var inner in property.Schema.Properties)
            {
                if (++_keys <= _maxKeys && inner.Schema is not null && ListedValues(inner.Schema) is { } innerListed)
                {
                    InnerConstants.TryAdd((property.Name, inner.Name), innerListed);
                }
            }
        }

        if (nesting >= MaxNesting || ++_read > MaxRead)
        {
            return;
        }

        if (node.Reference is { } target && Array.Exists(node.Keywords, static k => k is ReferenceKeyword { DynamicAnchor: null }))
        {
            Read(target, nesting + 1);
        }

        foreach (var part in node.AllOf)
        {
            if (_read > MaxRead)
            {
                break;
            }

            Read(part, nesting + 1);
        }
    }

    private void Restrict(IReadOnlyList<SyntaxNode> values)
    {
        Values ??= values;
        var types = InstanceTypes.None;
        foreach (var value in values)
        {
            var type = KindClass.TypeOf(KindClass.Of(value.Kind));
            types |= type == InstanceTypes.Number && NumberText.IsInteger(value.RawText, allowZeroFraction: true) ? InstanceTypes.Number | InstanceTypes.Integer : type;
        }

        Types &= types;
    }

    /// <summary>What alternatives within the branch leave of types and values.</summary>
    private void ReadVariants(VariantsKeyword variants, int nesting)
    {
        var types = InstanceTypes.None;
        var values = new List<SyntaxNode>();
        var listsAll = true;
        foreach (var inner in variants.Branches)
        {
            var facts = new BranchFacts(inner, nesting + (MaxNesting / 2), ref _read);
            types |= facts.Types;
            listsAll &= facts.Values is not null && values.Count + facts.Values.Count <= MaxValues;
            if (listsAll)
            {
                values.AddRange(facts.Values!);
            }
        }

        if (listsAll)
        {
            Restrict(values);
        }

        Types &= types;
    }
}
