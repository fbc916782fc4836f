using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>Says what can be written at the caret: the keys that the schema knows and the object lacks, and the values that it names.</summary>
public static class CompletionFeature
{
    /// <summary>The completions at a byte offset; none without a schema.</summary>
    public static CompletionList Complete(DocumentSnapshot snapshot, int offset, CancellationToken cancellationToken)
    {
        if (snapshot.Schema is null || CompletionPlace.Find(snapshot.Tree, offset) is not { } place)
        {
            return CompletionList.Empty;
        }

        var items = new CompletionItems(place, offset);
        if (place.IsKey)
        {
            AddKeys(snapshot, place, items, cancellationToken);
        }
        else
        {
            foreach (var schema in SchemaExpansion.OfValue(snapshot, place, cancellationToken))
            {
                AddValues(schema, items);
            }
        }

        return items.ToList();
    }

    private static void AddKeys(DocumentSnapshot snapshot, CompletionPlace place, CompletionItems items, CancellationToken cancellationToken)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in place.Container.Children)
        {
            if (property != place.Existing)
            {
                present.Add(property.GetString());
            }
        }

        foreach (var schema in SchemaExpansion.OfContainer(snapshot, place.Container, cancellationToken))
        {
            foreach (var property in schema.Properties)
            {
                if (!present.Contains(property.Name))
                {
                    AddKey(property, place, items);
                }
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

        var key = Quote(property.Name);
        var template = place.NeedsValue ? ValueTemplate.Of(property.Schema) : default;
        var deprecated = schemas.Any(static schema => schema.Annotations.IsDeprecated);
        var documented = Array.Find(schemas, static schema => SchemaDocumentation.Describe(schema.Annotations) is not null);
        items.Add(new CompletionItem
        {
            Label = property.Name,
            Kind = CompletionItemKind.Property,
            ReplaceSpan = place.ReplaceSpan,
            InsertSpan = place.ReplaceSpan,
            NewText = place.NeedsValue ? $"{key}: {template.Text}{place.Suffix}" : key,
            Snippet = place.NeedsValue ? $"{ValueTemplate.Escape(key)}: {template.Snippet}{place.Suffix}" : null,
            FilterText = key,
            SortText = (property.IsRequired ? "0" : deprecated ? "2" : "1")
                + schemas.Select(static schema => schema.Annotations.SuggestSortText).FirstOrDefault(static text => text is not null)
                + items.Count.ToString("D5", CultureInfo.InvariantCulture),
            Detail = schemas.Select(static schema => schema.Annotations.CompletionDetail ?? SchemaDocumentation.TypeOf(schema)).FirstOrDefault(static detail => detail is not null),
            Documentation = documented is null ? null : Documentation(documented),
            IsDeprecated = deprecated,
            AdditionalChanges = place.AdditionalChanges,
        });
    }

    private static void AddValues(SchemaNode schema, CompletionItems items)
    {
        var annotations = schema.Annotations;
        if (annotations.DoNotSuggest || schema.Always is false)
        {
            return;
        }

        foreach (var snippet in annotations.DefaultSnippets.IsNone ? default : annotations.DefaultSnippets.Children)
        {
            if (DefaultSnippet.Read(snippet) is { } read)
            {
                items.AddSnippet(read);
            }
        }

        if (!annotations.Enum.IsNone)
        {
            var index = 0;
            foreach (var value in annotations.Enum.Children)
            {
                items.AddValue(
                    value,
                    CompletionItemKind.EnumMember,
                    SchemaDocumentation.DescribeValue(annotations, index),
                    SchemaDocumentation.Nth(annotations.EnumDetails, index),
                    SchemaDocumentation.Nth(annotations.EnumSortTexts, index));
                index++;
            }
        }

        if (!annotations.Const.IsNone)
        {
            items.AddValue(annotations.Const, CompletionItemKind.Constant, Documentation(schema), detail: null);
        }

        if (!annotations.Default.IsNone)
        {
            items.AddValue(annotations.Default, CompletionItemKind.Value, Documentation(schema), "default");
        }

        if (!annotations.Examples.IsNone)
        {
            foreach (var example in annotations.Examples.Children)
            {
                items.AddValue(example, CompletionItemKind.Value, Documentation(schema), "example");
            }
        }

        if (schema.Types != InstanceTypes.All)
        {
            AddTypeValues(schema, items);
        }
    }

    private static void AddTypeValues(SchemaNode schema, CompletionItems items)
    {
        if ((schema.Types & InstanceTypes.Boolean) != 0)
        {
            items.AddLiteral("true", "true", CompletionItemKind.Value);
            items.AddLiteral("false", "false", CompletionItemKind.Value);
        }

        if ((schema.Types & InstanceTypes.Null) != 0)
        {
            items.AddLiteral("null", "null", CompletionItemKind.Value);
        }

        if ((schema.Types & InstanceTypes.Object) != 0)
        {
            items.AddLiteral("{}", "{$1}", CompletionItemKind.Snippet);
        }

        if ((schema.Types & InstanceTypes.Array) != 0)
        {
            items.AddLiteral("[]", "[$1]", CompletionItemKind.Snippet);
        }
    }

    private static string Documentation(SchemaNode schema)
    {
        var markdown = new StringBuilder(SchemaDocumentation.Describe(schema.Annotations));
        SchemaDocumentation.AppendDemands(markdown, schema);
        return markdown.ToString();
    }

    /// <summary>A name as JSON writes it, letters of all scripts unescaped.</summary>
    private static string Quote(string name) => "\"" + JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    /// <summary>The items found so far, each label once.</summary>
    private sealed class CompletionItems(CompletionPlace place, int offset)
    {
        private readonly Dictionary<string, CompletionItem> _items = new(StringComparer.Ordinal);

        public int Count => _items.Count;

        public void Add(CompletionItem item)
        {
            var insert = TextSpan.FromBounds(place.ReplaceSpan.Start, Math.Clamp(offset, place.ReplaceSpan.Start, place.ReplaceSpan.End));
            _items.TryAdd(item.Label, item with { InsertSpan = insert });
        }

        public void AddValue(SyntaxNode value, CompletionItemKind kind, string? documentation, string? detail, string? sortText = null)
        {
            var text = Encoding.UTF8.GetString(value.RawText);
            var item = Item(SchemaDocumentation.Shorten(value), text, snippet: null, kind);
            Add(item with { Documentation = documentation, Detail = detail, SortText = sortText + item.SortText });
        }

        public void AddSnippet(DefaultSnippet snippet) =>
            Add(Item(snippet.Label, snippet.Text, snippet.Snippet + place.Suffix, CompletionItemKind.Snippet) with { Documentation = snippet.Documentation });

        public void AddLiteral(string text, string snippet, CompletionItemKind kind) => Add(Item(text, text, snippet == text ? null : snippet + place.Suffix, kind));

        public CompletionList ToList() => new([.. _items.Values.OrderBy(static item => item.SortText, StringComparer.Ordinal)], IsIncomplete: false);

        private CompletionItem Item(string label, string text, string? snippet, CompletionItemKind kind) => new()
        {
            Label = label,
            Kind = kind,
            ReplaceSpan = place.ReplaceSpan,
            InsertSpan = place.ReplaceSpan,
            NewText = text + place.Suffix,
            Snippet = snippet,
            FilterText = label,
            SortText = Count.ToString("D6", CultureInfo.InvariantCulture),
            AdditionalChanges = place.AdditionalChanges,
        };
    }
}
