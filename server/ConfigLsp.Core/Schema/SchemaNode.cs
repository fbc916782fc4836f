using System.Collections.Immutable;
using ConfigLsp.Core.Schema.Keywords;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// One compiled schema or subschema. Immutable once its <see cref="JsonSchema"/> exists, and shared by all documents. Other schemas are
/// edges, also across <c>$ref</c>: nothing is copied, and the graph may have cycles.
/// </summary>
public sealed class SchemaNode
{
    private static int _lastId;

    internal SchemaNode(SchemaOrigin origin, SchemaResource? resource)
    {
        Origin = origin;
        Resource = resource;
        Id = Interlocked.Increment(ref _lastId);
    }

    /// <summary>Where the schema is written.</summary>
    public SchemaOrigin Origin { get; }

    /// <summary>What the schema says about the value without demanding it.</summary>
    public SchemaAnnotations Annotations => new(Origin.Node);

    /// <summary>True for a schema that accepts everything by being <c>true</c>, false for <c>false</c>, null for an object.</summary>
    public bool? Always { get; internal set; }

    /// <summary>The types that <c>type</c> allows here; all without the keyword.</summary>
    public InstanceTypes Types { get; internal set; } = InstanceTypes.All;

    /// <summary>The target of <c>$ref</c>, or the static target of <c>$dynamicRef</c> or <c>$recursiveRef</c>.</summary>
    public SchemaNode? Reference { get; internal set; }

    /// <summary>The keys of <c>properties</c> and <c>required</c>, in the order of the schema's text.</summary>
    public ImmutableArray<SchemaProperty> Properties { get; internal set; } = [];

    /// <summary>The patterns of <c>patternProperties</c> with their schemas.</summary>
    public ImmutableArray<SchemaPatternProperty> PatternProperties { get; internal set; } = [];

    /// <summary>The schema of keys that neither of the former names.</summary>
    public SchemaNode? AdditionalProperties { get; internal set; }

    /// <summary>The schema of keys that no schema beside this one knows.</summary>
    public SchemaNode? UnevaluatedProperties { get; internal set; }

    /// <summary>The schema of the keys themselves.</summary>
    public SchemaNode? PropertyNames { get; internal set; }

    /// <summary>The schemas of the first items: <c>prefixItems</c>, or <c>items</c> as an array.</summary>
    public ImmutableArray<SchemaNode> PrefixItems { get; internal set; } = [];

    /// <summary>The schema of the items behind the first ones: <c>items</c>, or <c>additionalItems</c>.</summary>
    public SchemaNode? Items { get; internal set; }

    /// <summary>The schema that some item must fit.</summary>
    public SchemaNode? Contains { get; internal set; }

    /// <summary>The schema of items that no schema beside this one knows.</summary>
    public SchemaNode? UnevaluatedItems { get; internal set; }

    public ImmutableArray<SchemaNode> AllOf { get; internal set; } = [];

    public ImmutableArray<SchemaNode> AnyOf { get; internal set; } = [];

    public ImmutableArray<SchemaNode> OneOf { get; internal set; } = [];

    public SchemaNode? Not { get; internal set; }

    public SchemaNode? If { get; internal set; }

    public SchemaNode? Then { get; internal set; }

    public SchemaNode? Else { get; internal set; }

    /// <summary>Schemas for the whole object that apply when a key is present (<c>dependentSchemas</c>, <c>dependencies</c>).</summary>
    public ImmutableArray<KeyValuePair<string, SchemaNode>> DependentSchemas { get; internal set; } = [];

    /// <summary>Keys that another key demands (<c>dependentRequired</c>, <c>dependencies</c>).</summary>
    public ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> DependentRequired { get; internal set; } = [];

    /// <summary>The value of <c>format</c>.</summary>
    public string? Format { get; internal set; }

    /// <summary>Whether this schema, or one that applies to the same value through it, marks the value as a secret.</summary>
    public bool IsSecret { get; internal set; }

    /// <inheritdoc />
    public override string ToString() => $"{Origin.Uri}#{Origin.Pointer}";

    /// <summary>Key of the schema in result tables.</summary>
    internal int Id { get; }

    /// <summary>The resource (the part under one <c>$id</c>) that the schema belongs to; null for a schema made up by the program.</summary>
    internal SchemaResource? Resource { get; }

    /// <summary>The demands in the order of evaluation, cheap ones first.</summary>
    internal Keyword[] Keywords { get; set; } = [];

    /// <summary><see cref="Keywords"/> by the kind of instance that they look at, indexed by <see cref="KindClass"/>.</summary>
    internal Keyword[][] KeywordsByKind { get; set; } = KindClass.NoKeywords;

    /// <summary>Whether several paths lead here, so that remembering results saves evaluating twice.</summary>
    internal bool IsShared { get; set; }

    /// <summary>Whether other schemas apply to the same instance through this one, so that evaluating twice costs more also where it is a scalar.</summary>
    internal bool HasBranches { get; set; }

    /// <summary>Whether the schema, apart from others at the same place, says that the value is deprecated.</summary>
    internal bool IsDeprecated { get; set; }

    /// <summary>Whether a valid value may still deserve a warning, here or below.</summary>
    internal bool MayWarn { get; set; }

    /// <summary>Whether a secret may be found here or below.</summary>
    internal bool MayHoldSecret { get; set; }

    internal bool IntegerAllowsZeroFraction => Resource is not { Dialect.Draft: Dialects.DraftVersion.Draft04 };

    internal bool IsTrivial => Always is true || (Always is null && Types == InstanceTypes.All && Keywords.Length == 0);
}
