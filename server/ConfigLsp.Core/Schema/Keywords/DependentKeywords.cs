using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>dependentRequired</c> (2020-12 Validation, section 6.5.4), and <c>dependencies</c> with arrays before.</summary>
internal sealed class DependentRequiredKeyword : Keyword
{
    private readonly byte[] _trigger;
    private readonly string _name;
    private readonly ImmutableArray<string> _keys;
    private readonly byte[][] _utf8;

    private DependentRequiredKeyword(KeywordSite site, string trigger, ImmutableArray<string> keys)
        : base(site, InstanceTypes.Object)
    {
        _name = trigger;
        _trigger = Encoding.UTF8.GetBytes(trigger);
        _keys = keys;
        _utf8 = [.. keys.Select(Encoding.UTF8.GetBytes)];
    }

    /// <inheritdoc />
    public override int Cost => 6;

    /// <summary>Adds the demand of one key.</summary>
    public static void Add(SchemaBuilder builder, KeywordSite site, string trigger, SyntaxNode list)
    {
        ImmutableArray<string> keys = [.. list.Children.ToArray().Where(static n => n.Kind == SyntaxKind.String).Select(static n => n.GetString())];
        builder.Node.DependentRequired = builder.Node.DependentRequired.Add(new(trigger, keys));
        builder.Add(new DependentRequiredKeyword(site, trigger, keys));
    }

    public static void Compile(SchemaBuilder builder) => builder.Map("dependentRequired", (name, value) =>
    {
        if (value.Kind == SyntaxKind.Array)
        {
            Add(builder, builder.Site("dependentRequired", value), name, value);
        }
        else
        {
            builder.Malformed("dependentRequired", value, "an array of strings");
        }
    });

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if (!evaluation.TrySpend(instance.ChildCount) || !instance.TryGetProperty(_trigger, out _))
        {
            return true;
        }

        foreach (var key in _utf8)
        {
            if (!evaluation.TrySpend(instance.ChildCount))
            {
                return true;
            }

            if (!instance.TryGetProperty(key, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        if (!explanation.Evaluation.TrySpend(instance.ChildCount) || !instance.TryGetProperty(_trigger, out _))
        {
            return;
        }

        for (var i = 0; i < _keys.Length && !explanation.HasMore && explanation.Evaluation.TrySpend(instance.ChildCount); i++)
        {
            if (!instance.TryGetProperty(_utf8[i], out _))
            {
                MissingKeyReport.Add(explanation, Site, DiagnosticCatalog.MissingDependentKey, instance, _keys[i], _name);
            }
        }
    }
}

/// <summary><c>dependentSchemas</c> (2020-12 Core, section 10.2.2.4), and <c>dependencies</c> with schemas before.</summary>
internal sealed class DependentSchemaKeyword : Keyword
{
    private readonly byte[] _trigger;
    private readonly string _name;
    private readonly SchemaNode _schema;

    private DependentSchemaKeyword(KeywordSite site, string trigger, SchemaNode schema)
        : base(site, InstanceTypes.Object)
    {
        _name = trigger;
        _trigger = Encoding.UTF8.GetBytes(trigger);
        _schema = schema;
    }

    /// <inheritdoc />
    public override int Cost => 12;

    /// <inheritdoc />
    public override bool OnlyApplies => true;

    /// <inheritdoc />
    public override IEnumerable<SchemaEdge> Edges => [new(_schema, InPlace: true)];

    public static void Compile(SchemaBuilder builder)
    {
        builder.Map("dependentSchemas", (name, value) => Add(builder, "dependentSchemas", name, value));
        builder.Map("dependencies", (name, value) =>
        {
            if (value.Kind == SyntaxKind.Array)
            {
                DependentRequiredKeyword.Add(builder, builder.Site("dependencies", value), name, value);
            }
            else
            {
                Add(builder, "dependencies", name, value);
            }
        });
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance) =>
        !evaluation.TrySpend(instance.ChildCount) || !instance.TryGetProperty(_trigger, out _) || evaluation.IsValid(_schema, instance);

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        if (explanation.Evaluation.TrySpend(instance.ChildCount) && instance.TryGetProperty(_trigger, out _))
        {
            explanation.ExplainBecause($"{ValueText.Key(_name)} is set", _schema, instance);
        }
    }

    /// <inheritdoc />
    public override void CollectEvaluated(Evaluation evaluation, SyntaxNode instance, EvaluatedSet evaluated)
    {
        if (evaluation.TrySpend(instance.ChildCount) && instance.TryGetProperty(_trigger, out _) && evaluation.IsValid(_schema, instance))
        {
            evaluation.CollectEvaluated(_schema, instance, evaluated);
        }
    }

    /// <inheritdoc />
    public override void Apply(Evaluation evaluation, SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        if (instance.TryGetProperty(_trigger, out _))
        {
            visit(_schema, instance);
        }
    }

    /// <inheritdoc />
    public override void Follow(SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit) => visit(_schema, instance);

    private static void Add(SchemaBuilder builder, string keyword, string name, SyntaxNode value)
    {
        var schema = builder.Subschema(value);
        builder.Node.DependentSchemas = builder.Node.DependentSchemas.Add(new(name, schema));
        builder.Add(new DependentSchemaKeyword(builder.Site(keyword, value), name, schema));
    }
}
