using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Dialects;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema.Output;

/// <summary>
/// The collecting mode: walks what the schemas apply to and gathers failures or annotations. Whether anything fits is asked of the fast mode, so
/// that there is one verdict.
/// </summary>
internal sealed class OutputCollector(Evaluation evaluation, ImmutableArray<Diagnostic> explained)
{
    private const int MaxUnits = 100_000;

    private readonly ILookup<(string?, string?, string?), string> _messages =
        explained.ToLookup(static d => (d.Data?.SchemaUri, d.Data?.SchemaPointer, d.Data?.Path), static d => d.Message);

    /// <summary>The positions of the items of every array with an item in the output: each is counted once and not for each of its items.</summary>
    private readonly Dictionary<SyntaxNode, int> _ordinals = [];

    private string _path = string.Empty;

    public List<OutputUnit> Units { get; } = [];

    public bool IsFull => Units.Count >= MaxUnits;

    public void Collect(SchemaNode root, SyntaxNode instance)
    {
        if (evaluation.IsValid(root, instance))
        {
            Annotate(root, instance);
        }
        else
        {
            AddFailure(root, default, string.Empty, instance, "The value does not fit the schema.");
            Fail(root, instance);
        }
    }

    /// <summary>Gathers the annotations of a schema that the instance fits.</summary>
    private void Annotate(SchemaNode schema, SyntaxNode instance)
    {
        if (IsFull || schema.Always is not null || KindClass.Of(instance.Kind) is not (>= 0 and var kindClass) || !evaluation.TryEnter(schema, instance, out var outer))
        {
            return;
        }

        AddOwnAnnotations(schema, instance);
        var parts = new AppliedParts(instance, schema.Resource?.Dialect.Draft ?? DraftVersion.Draft202012);
        foreach (var keyword in schema.KeywordsByKind[kindClass])
        {
            if (!evaluation.TrySpend(instance.ChildCount))
            {
                break;
            }

            keyword.Apply(evaluation, instance, (subschema, part) =>
            {
                if (KindClass.Of(part.Kind) < 0 || !evaluation.IsValid(subschema, part))
                {
                    return;
                }

                var step = StepTo(keyword, subschema);
                parts.Add(FirstName(step), part);
                Enter(step, () => Annotate(subschema, part));
            });
        }

        foreach (var (name, annotation) in parts.ToAnnotations())
        {
            AddAnnotation(schema, name, instance, annotation);
        }

        evaluation.Leave(outer);
    }

    /// <summary>Gathers the failures of a schema that the instance does not fit.</summary>
    private void Fail(SchemaNode schema, SyntaxNode instance)
    {
        if (IsFull)
        {
            return;
        }

        if (schema.Always is false)
        {
            AddFailure(schema, default, string.Empty, instance, "Nothing is allowed here.");
            return;
        }

        if (KindClass.Of(instance.Kind) is not (>= 0 and var kindClass) || !evaluation.TryEnter(schema, instance, out var outer))
        {
            return;
        }

        if (!Evaluation.HasType(schema, instance, kindClass))
        {
            AddFailure(schema, schema.Annotations.Keyword("type"u8), "type", instance, "The value does not have the type.");
        }

        foreach (var keyword in schema.KeywordsByKind[kindClass])
        {
            if (keyword.IsValid(evaluation, instance))
            {
                continue;
            }

            if (keyword.FindFailure(evaluation, instance) is { } site)
            {
                AddFailure(schema, site.Value, site.Name, instance, $"The value does not satisfy `{site.Name}`.");
            }

            FailWithin(keyword, instance);
        }

        evaluation.Leave(outer);
    }

    private void FailWithin(Keyword keyword, SyntaxNode instance)
    {
        var failed = new List<(SchemaNode Schema, SyntaxNode Part)>();
        var fitting = 0;
        keyword.Apply(evaluation, instance, (subschema, part) =>
        {
            if (KindClass.Of(part.Kind) >= 0)
            {
                if (evaluation.IsValid(subschema, part))
                {
                    fitting++;
                }
                else
                {
                    failed.Add((subschema, part));
                }
            }
        });

        // Where too many variants fit, those that do not are not to blame.
        foreach (var (subschema, part) in keyword is VariantsKeyword && fitting > 0 ? [] : failed)
        {
            Enter(StepTo(keyword, subschema), () => Fail(subschema, part));
        }
    }

    private void AddOwnAnnotations(SchemaNode schema, SyntaxNode instance)
    {
        var text = schema.Origin.Node;
        if (text.Kind != SyntaxKind.Object || schema.Resource is not { Dialect: var dialect })
        {
            return;
        }

        if (dialect.ReferenceHidesSiblings && text.TryGetProperty("$ref"u8, out var reference) && reference.Kind == SyntaxKind.String)
        {
            return;
        }

        foreach (var property in text.Children)
        {
            var name = property.GetString();
            if (property.Value.IsValue && AnnotationRules.Annotates(name, text, dialect, instance.Kind))
            {
                AddAnnotation(schema, name, instance, Encoding.UTF8.GetString(property.Value.RawText));
            }
        }
    }

    private void AddAnnotation(SchemaNode schema, string keyword, SyntaxNode instance, string annotation)
    {
        var step = "/" + JsonPointer.Escape(keyword);
        Add(new OutputUnit(LocationOf(instance), _path + step, schema, keyword, Absolute(schema, step)) { Annotation = annotation });
    }

    private void AddFailure(SchemaNode schema, SyntaxNode value, string keyword, SyntaxNode instance, string otherwise)
    {
        var step = value.IsNone ? (keyword.Length == 0 ? string.Empty : "/" + JsonPointer.Escape(keyword)) : Below(schema, value);
        var location = LocationOf(instance);
        var message = _messages[(schema.Origin.Uri, schema.Origin.Pointer + step, location)].FirstOrDefault();
        Add(new OutputUnit(location, _path + step, schema, keyword, Absolute(schema, step)) { Error = message ?? otherwise });
    }

    private void Add(OutputUnit unit)
    {
        if (!IsFull)
        {
            Units.Add(unit);
        }
    }

    private string LocationOf(SyntaxNode instance) => JsonPointer.Of(instance, OrdinalOf);

    private int OrdinalOf(SyntaxNode item)
    {
        if (!_ordinals.TryGetValue(item, out var known))
        {
            var ordinal = 0;
            foreach (var sibling in item.Parent.Children)
            {
                _ordinals[sibling] = ordinal++;
            }

            known = _ordinals[item];
        }

        return known;
    }

    private void Enter(string step, Action visit)
    {
        var outer = _path;
        _path += step;
        visit();
        _path = outer;
    }

    /// <summary>The way from a schema to one that its keyword applies: over the reference, or to where it is written within.</summary>
    private static string StepTo(Keyword keyword, SchemaNode subschema) =>
        keyword is ReferenceKeyword ? "/" + keyword.Site.Name : Below(keyword.Site.Owner, subschema.Origin.Node);

    private static string Below(SchemaNode schema, SyntaxNode place) =>
        schema.Origin.Node.IsNone || place.IsNone ? string.Empty : place.GetPointer()[schema.Origin.Pointer.Length..];

    private static string FirstName(string step) => step.Length == 0 ? step : step.Split('/', 3)[1];

    private static string? Absolute(SchemaNode schema, string step) =>
        schema.Resource is not { } resource || schema.Origin.Node.IsNone
            ? null
            : $"{resource.BaseUri}#{UriReference.EscapeFragment(schema.Origin.Pointer[resource.Root.GetPointer().Length..] + step)}";
}
