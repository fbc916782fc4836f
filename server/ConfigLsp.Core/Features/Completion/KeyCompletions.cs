using System.Globalization;
using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>Keys that an object lacks: required ones first, then in the order of the schema, deprecated ones last.</summary>
internal static class KeyCompletions
{
    public static void Add(DocumentSnapshot snapshot, CompletionPlace place, CompletionItems items, CancellationToken cancellationToken)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in place.Container.Children)
        {
            if (property != place.Existing)
            {
                present.Add(property.GetString());
            }
        }

        var schemas = snapshot.Schema is null ? [] : SchemaExpansion.OfContainer(snapshot, place.Container, cancellationToken).ToArray();
        AddAllRequired(schemas, place, present, items);
        foreach (var schema in schemas)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var property in schema.Properties)
            {
                if (!present.Contains(property.Name))
                {
                    AddKey(property, place, items);
                }
            }
        }

        foreach (var schema in schemas)
        {
            AddNames(schema, place, present, items);
        }

        if (snapshot.Schema is null && place.Container == snapshot.Tree.Root && !present.Contains("$schema"))
        {
            items.Add(Item(items, place, "$schema", new ValueTemplate("\"\"", "\"$1\"")) with { Detail = "the schema of this file", TriggersSuggest = place.NeedsValue });
        }

        if (Array.TrueForAll(schemas, SaysNothingOfKeys))
        {
            foreach (var (name, value) in SimilarPlaces.Keys(place.Container, cancellationToken))
            {
                if (!present.Contains(name))
                {
                    items.Add(Item(items, place, name, place.NeedsValue ? value : default) with { Detail = "used in this file" });
                }
            }
        }
    }

    /// <summary>Where a schema lists keys, or refuses those that it does not list, other objects of the file do not matter.</summary>
    private static bool SaysNothingOfKeys(SchemaNode schema) =>
        schema.Properties.IsEmpty && schema.AdditionalProperties is not { Always: false } && schema.UnevaluatedProperties is not { Always: false } && schema.Always is not false;

    private static void AddAllRequired(SchemaNode[] schemas, CompletionPlace place, HashSet<string> present, CompletionItems items)
    {
        if (!place.NeedsValue)
        {
            return;
        }

        foreach (var skeleton in ObjectSkeleton.Variants(schemas, present))
        {
            if (skeleton.Names.Length > 1)
            {
                var (text, snippet) = skeleton.Write(withBraces: false);
                var names = string.Join(", ", skeleton.Names);
                var item = items.Create($"all required: {SchemaDocumentation.Cut(names)}", text, snippet, CompletionItemKind.Snippet);
                items.Add(item with { FilterText = items.FilterText(JsonText.Quote(names)), SortText = "0" });
            }
        }
    }

    private static void AddKey(SchemaProperty property, CompletionPlace place, CompletionItems items)
    {
        var schemas = property.Schema is { } direct ? SchemaExpansion.Unfold([direct]).ToArray() : [];
        if (schemas.Any(static schema => schema.Annotations.DoNotSuggest || schema.Always is false))
        {
            return;
        }

        var deprecated = schemas.Any(static schema => schema.Annotations.IsDeprecated);
        var item = Item(items, place, property.Name, place.NeedsValue ? ValueTemplate.Of(property.Schema) : default);
        items.Add(item with
        {
            SortText = (property.IsRequired ? "1" : deprecated ? "3" : "2")
                + schemas.Select(static schema => schema.Annotations.SuggestSortText).FirstOrDefault(static text => text is not null)
                + items.Count.ToString("D5", CultureInfo.InvariantCulture),
            Detail = schemas.Select(static schema => schema.Annotations.CompletionDetail ?? SchemaDocumentation.TypeOf(schema)).FirstOrDefault(static detail => detail is not null),
            Describe = () => Describe(schemas),
            IsDeprecated = deprecated,
        });
    }

    /// <summary>The names that <c>propertyNames</c> lists, where any are allowed.</summary>
    private static void AddNames(SchemaNode schema, CompletionPlace place, HashSet<string> present, CompletionItems items)
    {
        foreach (var names in schema.PropertyNames is { } own ? SchemaExpansion.Unfold([own]) : [])
        {
            var annotations = names.Annotations;
            var index = 0;
            foreach (var name in annotations.Enum.IsNone ? default : annotations.Enum.Children)
            {
                AddName(name, SchemaDocumentation.Nth(annotations.EnumDetails, index), Described(annotations, index));
                index++;
            }

            AddName(annotations.Const, annotations.CompletionDetail, null);
            foreach (var name in annotations.Examples.IsNone ? default : annotations.Examples.Children)
            {
                AddName(name, "example", null);
            }
        }

        void AddName(SyntaxNode name, string? detail, Func<string?>? describe)
        {
            if (name.Kind == SyntaxKind.String && !present.Contains(name.GetString()))
            {
                var template = place.NeedsValue ? ValueTemplate.Of(schema.AdditionalProperties) : default;
                items.Add(Item(items, place, name.GetString(), template) with { Detail = detail, Describe = describe });
            }
        }

        static Func<string?> Described(SchemaAnnotations annotations, int index) => () => SchemaDocumentation.DescribeValue(annotations, index);
    }

    private static CompletionItem Item(CompletionItems items, CompletionPlace place, string name, ValueTemplate template)
    {
        var key = JsonText.Quote(name);
        var item = place.NeedsValue
            ? items.Create(name, $"{key}: {template.Text}", $"{ValueTemplate.Escape(key)}: {template.Snippet}", CompletionItemKind.Property)
            : items.Create(name, key, snippet: null, CompletionItemKind.Property);
        return item with { FilterText = items.FilterText(key), TriggersSuggest = place.NeedsValue && template.Snippet == "$1" };
    }

    /// <summary>All that the schemas of one key say, since a reference's target knows the type and the place of the reference its purpose.</summary>
    private static string? Describe(SchemaNode[] schemas)
    {
        var documented = Array.Find(schemas, static schema => SchemaDocumentation.Describe(schema.Annotations) is not null) ?? schemas.FirstOrDefault();
        if (documented is null)
        {
            return null;
        }

        var markdown = new StringBuilder();
        var deprecation = schemas.Select(static schema => schema.Annotations.DeprecationMessage).FirstOrDefault(static message => message is not null);
        SchemaDocumentation.AppendParagraph(markdown, deprecation is null ? null : "Deprecated: " + SchemaDocumentation.EscapeMarkdown(deprecation));
        SchemaDocumentation.AppendParagraph(markdown, SchemaDocumentation.Describe(documented.Annotations));
        SchemaDocumentation.AppendDemands(markdown, documented);
        return markdown.Length == 0 ? null : SchemaDocumentation.Bound(markdown.ToString());
    }
}
