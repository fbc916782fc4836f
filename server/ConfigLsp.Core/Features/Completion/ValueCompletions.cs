using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>Values that the schema names, and the beginnings of those that it only types.</summary>
internal static class ValueCompletions
{
    private const int MaxWrapping = 4;

    public static void Add(DocumentSnapshot snapshot, CompletionPlace place, CompletionContext context, CompletionItems items, CancellationToken cancellationToken)
    {
        AddSchemaAddresses(snapshot, place, context, items);
        var schemas = snapshot.Schema is null ? [] : SchemaExpansion.OfValue(snapshot, place, cancellationToken).ToArray();
        ExcludeRepeated(snapshot, place, items, cancellationToken);
        if (Array.Exists(schemas, static schema => PathCompletions.IsPathFormat(schema.Format)))
        {
            PathCompletions.Add(snapshot.Text, place, context, items);
        }

        foreach (var skeleton in ObjectSkeleton.Variants([.. schemas.Take(1)], new HashSet<string>(StringComparer.Ordinal)))
        {
            var (text, snippet) = skeleton.Write(withBraces: true);
            items.Add(items.Create(skeleton.Label, text, snippet, CompletionItemKind.Snippet) with { Detail = "all required keys" });
        }

        foreach (var schema in schemas)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddNamed(schema, items);
        }

        // What the schemas name comes before what they only allow.
        foreach (var schema in schemas)
        {
            if (schema.Types != InstanceTypes.All && !schema.Annotations.DoNotSuggest && schema.Always is not false && schema.Annotations.Const.IsNone && schema.Annotations.Enum.IsNone)
            {
                AddTypeValues(schema.Types, items);
            }
        }

        if (items.Count == 0 && Array.TrueForAll(schemas, SaysNothing))
        {
            AddSimilar(snapshot, place, items, cancellationToken);
        }
    }

    private static bool SaysNothing(SchemaNode schema) => schema.Always is not false && schema.Types == InstanceTypes.All && !schema.Annotations.DoNotSuggest && !schema.IsSecret;

    private static void AddNamed(SchemaNode schema, CompletionItems items)
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
            AddEnum(schema, annotations, items);
        }

        if (!annotations.Const.IsNone)
        {
            items.AddValue(annotations.Const, CompletionItemKind.Constant, () => Documentation(schema), detail: null);
        }

        if (!annotations.Default.IsNone)
        {
            items.AddValue(annotations.Default, CompletionItemKind.Value, () => Documentation(schema), "default");
        }

        foreach (var example in annotations.Examples.IsNone ? default : annotations.Examples.Children)
        {
            items.AddValue(example, CompletionItemKind.Value, () => Documentation(schema), "example");
        }

        if (annotations.Default.IsNone && annotations.Examples.IsNone && annotations.DefaultSnippets.IsNone)
        {
            AddWrapped(schema.Items, depth: 1, items);
        }
    }

    private static void AddEnum(SchemaNode schema, SchemaAnnotations annotations, CompletionItems items)
    {
        var descriptions = Texts(annotations.MarkdownEnumDescriptions).Length > 0 || !annotations.EnumDescriptions.IsNone;
        var details = Texts(annotations.EnumDetails);
        var sortTexts = Texts(annotations.EnumSortTexts);
        var index = 0;
        foreach (var value in annotations.Enum.Children)
        {
            var place = index++;
            items.AddValue(
                value,
                CompletionItemKind.EnumMember,
                () => (descriptions ? SchemaDocumentation.DescribeValue(annotations, place) : null) ?? SchemaDocumentation.Describe(schema.Annotations),
                place < details.Length ? details[place] : null,
                place < sortTexts.Length ? sortTexts[place] : null);
        }
    }

    /// <summary>An array is offered with what its items would be, where it has no values of its own.</summary>
    private static void AddWrapped(SchemaNode? element, int depth, CompletionItems items)
    {
        foreach (var schema in element is null || depth > MaxWrapping ? [] : SchemaExpansion.Unfold([element]).Take(MaxWrapping))
        {
            var annotations = schema.Annotations;
            IEnumerable<SyntaxNode> values = annotations.Default.IsNone ? [] : [annotations.Default];
            foreach (var value in values.Concat(annotations.Examples.IsNone ? [] : annotations.Examples.Children.ToArray()))
            {
                var json = new string('[', depth) + Encoding.UTF8.GetString(value.RawText) + new string(']', depth);
                items.Add(items.Create(SchemaDocumentation.Cut(json), json, snippet: null, CompletionItemKind.Value) with { Describe = () => Documentation(schema) });
            }

            if (annotations.Default.IsNone && annotations.Examples.IsNone && schema.Items is not null)
            {
                AddWrapped(schema.Items, depth + 1, items);
            }
        }
    }

    private static void AddTypeValues(InstanceTypes types, CompletionItems items)
    {
        if ((types & InstanceTypes.Boolean) != 0)
        {
            items.AddLiteral("true", "true", CompletionItemKind.Value);
            items.AddLiteral("false", "false", CompletionItemKind.Value);
        }

        if ((types & InstanceTypes.Null) != 0)
        {
            items.AddLiteral("null", "null", CompletionItemKind.Value);
        }

        if ((types & InstanceTypes.Object) != 0)
        {
            items.AddLiteral("{}", "{$1}", CompletionItemKind.Snippet);
        }

        if ((types & InstanceTypes.Array) != 0)
        {
            items.AddLiteral("[]", "[$1]", CompletionItemKind.Snippet);
        }
    }

    private static void AddSimilar(DocumentSnapshot snapshot, CompletionPlace place, CompletionItems items, CancellationToken cancellationToken)
    {
        if (place.Container.Kind == SyntaxKind.Document)
        {
            AddTypeValues(InstanceTypes.Object | InstanceTypes.Array, items);
            return;
        }

        foreach (var value in SimilarPlaces.Values(snapshot, place, cancellationToken))
        {
            if (value.Kind is SyntaxKind.Object or SyntaxKind.Array)
            {
                AddTypeValues(value.Kind == SyntaxKind.Object ? InstanceTypes.Object : InstanceTypes.Array, items);
            }
            else if (value.Kind is SyntaxKind.True or SyntaxKind.False)
            {
                AddTypeValues(InstanceTypes.Boolean, items);
            }
            else
            {
                items.AddValue(value, CompletionItemKind.Value, describe: null, "used in this file");
            }
        }
    }

    /// <summary>The value of <c>$schema</c> at the top decides which schema applies, whatever that says of the key itself.</summary>
    private static void AddSchemaAddresses(DocumentSnapshot snapshot, CompletionPlace place, CompletionContext context, CompletionItems items)
    {
        if (place.Container.Kind != SyntaxKind.Property || place.Container.Parent != snapshot.Tree.Root || !place.Container.ContentEquals("$schema"u8))
        {
            return;
        }

        foreach (var schema in context.Schemas)
        {
            var json = JsonText.Quote(schema.Uri);
            items.Add(items.Create(json, json, snippet: null, CompletionItemKind.Value) with { Detail = schema.Name, Describe = () => schema.Description is null ? null : SchemaDocumentation.EscapeMarkdown(schema.Description) });
        }
    }

    /// <summary>Where items must differ, those that are there already are not offered again.</summary>
    private static void ExcludeRepeated(DocumentSnapshot snapshot, CompletionPlace place, CompletionItems items, CancellationToken cancellationToken)
    {
        if (place.Container.Kind != SyntaxKind.Array
            || snapshot.Schema is null
            || !SchemaExpansion.OfContainer(snapshot, place.Container, cancellationToken).Any(static schema => schema.Annotations.Keyword("uniqueItems"u8).Kind == SyntaxKind.True))
        {
            return;
        }

        foreach (var element in place.Container.Children)
        {
            if (element != place.Existing && element.IsValue)
            {
                items.Excluded.Add(SchemaDocumentation.Shorten(element));
            }
        }
    }

    private static string?[] Texts(SyntaxNode array) =>
        array.IsNone ? [] : [.. array.Children.ToArray().Select(static element => element.Kind == SyntaxKind.String ? element.GetString() : null)];

    private static string Documentation(SchemaNode schema)
    {
        var markdown = new StringBuilder(SchemaDocumentation.Describe(schema.Annotations));
        SchemaDocumentation.AppendDemands(markdown, schema);
        return SchemaDocumentation.Bound(markdown.ToString());
    }
}
