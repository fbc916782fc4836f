using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features;

/// <summary>What a schema says about a value, in words for people. The Markdown is built from untrusted text and must be shown as such.</summary>
internal static class SchemaDocumentation
{
    private const int MaxValueLength = 120;

    private const int MaxListed = 50;

    private const int MaxMarkdownLength = 8_000;

    /// <summary>The type expression, for instance <c>integer</c> or <c>string | null</c>; null where anything goes.</summary>
    public static string? TypeOf(SchemaNode schema) => TypeOf(schema, nesting: 0);

    private static string? TypeOf(SchemaNode schema, int nesting)
    {
        const int MaxNesting = 3;

        if (schema.Types == InstanceTypes.All)
        {
            return null;
        }

        var names = new List<string>();
        Add(InstanceTypes.Object, "object");
        Add(InstanceTypes.Array, ItemsOf() is { } items ? (items.Contains('|', StringComparison.Ordinal) ? $"({items})[]" : items + "[]") : "array");
        Add(InstanceTypes.String, "string");
        if ((schema.Types & InstanceTypes.Number) != 0)
        {
            names.Add("number");
        }
        else
        {
            Add(InstanceTypes.Integer, "integer");
        }

        Add(InstanceTypes.Boolean, "boolean");
        Add(InstanceTypes.Null, "null");
        return string.Join(" | ", names);

        string? ItemsOf() => nesting < MaxNesting && (schema.Items is { Reference: { } target, Types: InstanceTypes.All } ? target : schema.Items) is { } item ? TypeOf(item, nesting + 1) : null;

        void Add(InstanceTypes type, string name)
        {
            if ((schema.Types & type) != 0)
            {
                names.Add(name);
            }
        }
    }

    /// <summary>Title and description, the Markdown one if there is one.</summary>
    public static string? Describe(SchemaAnnotations annotations)
    {
        if (annotations.MarkdownDescription is { Length: > 0 } markdown)
        {
            return markdown;
        }

        return annotations.Description is { Length: > 0 } description ? EscapeMarkdown(description) : null;
    }

    /// <summary>Adds type, limits, allowed values, default and examples.</summary>
    public static void AppendDemands(StringBuilder markdown, SchemaNode schema)
    {
        var annotations = schema.Annotations;
        var facts = new List<string>();
        if (TypeOf(schema) is { } type)
        {
            facts.Add($"Type: `{type}`" + (annotations.Unit is { } unit ? $" in {EscapeMarkdown(unit)}" : ""));
        }

        AddRange(facts, annotations, "Range", "minimum"u8, "exclusiveMinimum"u8, "maximum"u8, "exclusiveMaximum"u8, "");
        AddRange(facts, annotations, "Length", "minLength"u8, default, "maxLength"u8, default, " characters");
        AddRange(facts, annotations, "Items", "minItems"u8, default, "maxItems"u8, default, "");
        AddRange(facts, annotations, "Keys", "minProperties"u8, default, "maxProperties"u8, default, "");
        AddFact(facts, annotations, "Multiple of", "multipleOf"u8);
        AddFact(facts, annotations, "Pattern", "pattern"u8);
        AddFact(facts, annotations, "Format", "format"u8);
        AddFact(facts, annotations, "Default", "default"u8);
        AppendParagraph(markdown, string.Join("  \n", facts));
        AppendValues(markdown, annotations);

        if (!annotations.Examples.IsNone)
        {
            var examples = annotations.Examples.Children.ToArray().Take(MaxListed).Select(static example => Code(example));
            AppendParagraph(markdown, "Examples: " + string.Join(", ", examples));
        }
    }

    /// <summary>The value as an inline code span, shortened.</summary>
    public static string Code(SyntaxNode value) => CodeSpan(Shorten(value));

    /// <summary>A text as an inline code span on one line, shortened.</summary>
    public static string Code(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return CodeSpan(line.Length <= MaxValueLength ? line : line[..MaxValueLength] + "…");
    }

    /// <summary>A text on one line, shortened.</summary>
    public static string Cut(string text) => text.Length <= MaxValueLength ? text : text[..(char.IsHighSurrogate(text[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength)] + "…";

    /// <summary>Markdown no longer than a person reads beside a list; it is cut between lines.</summary>
    public static string Bound(string markdown)
    {
        if (markdown.Length <= MaxMarkdownLength)
        {
            return markdown;
        }

        var end = markdown.LastIndexOf('\n', MaxMarkdownLength - 1);
        end = end > MaxMarkdownLength / 2 ? end : MaxMarkdownLength;
        var kept = markdown[..(char.IsHighSurrogate(markdown[end - 1]) ? end - 1 : end)].TrimEnd();

        // A fence that was cut open would swallow what follows.
        var isFenceOpen = kept.Split("```").Length % 2 == 0;
        return kept + (isFenceOpen ? "\n```" : "") + "\n\n…";
    }

    private static string CodeSpan(string text)
    {
        // A code span ends at as many backticks as it starts with (CommonMark 6.1), so it starts with more than it holds.
        var fence = "`";
        while (text.Contains(fence, StringComparison.Ordinal))
        {
            fence += '`';
        }

        var pad = text.StartsWith('`') || text.EndsWith('`') ? " " : "";
        return fence + pad + text + pad + fence;
    }

    /// <summary>The value's text on one line, shortened.</summary>
    public static string Shorten(SyntaxNode value)
    {
        var raw = value.RawText;
        var text = Encoding.UTF8.GetString(raw.Length <= MaxValueLength ? raw : raw[..MaxValueLength]);
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return raw.Length <= MaxValueLength ? text : text + "…";
    }

    /// <summary>Plain text as Markdown that renders the same.</summary>
    public static string EscapeMarkdown(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (@"\`*_{}[]()<>#+-.!|~".Contains(c, StringComparison.Ordinal) && NeedsEscape(c))
            {
                escaped.Append('\\');
            }

            // A single line break would be folded into a blank.
            escaped.Append(c == '\n' ? "\n\n" : c);
        }

        return escaped.ToString();
    }

    public static void AppendParagraph(StringBuilder markdown, string? paragraph)
    {
        if (string.IsNullOrEmpty(paragraph))
        {
            return;
        }

        if (markdown.Length > 0)
        {
            markdown.Append("\n\n");
        }

        markdown.Append(paragraph);
    }

    /// <summary>Dots, dashes and the like have a meaning only at the start of a line, where a backslash before them is still harmless to leave out for reading.</summary>
    private static bool NeedsEscape(char c) => c is not ('.' or '-' or '+' or '(' or ')' or '{' or '}' or '!');

    private static void AppendValues(StringBuilder markdown, SchemaAnnotations annotations)
    {
        if (!annotations.Const.IsNone)
        {
            AppendParagraph(markdown, "Value: " + Code(annotations.Const));
        }

        if (annotations.Enum.IsNone)
        {
            return;
        }

        var values = annotations.Enum.Children.ToArray();
        var lines = new StringBuilder("Allowed values:\n");
        for (var i = 0; i < values.Length && i < MaxListed; i++)
        {
            lines.Append("\n- ").Append(Code(values[i]));
            if (DescribeValue(annotations, i) is { } description)
            {
                lines.Append(": ").Append(description);
            }
        }

        if (values.Length > MaxListed)
        {
            lines.Append("\n- … and ").Append(values.Length - MaxListed).Append(" more");
        }

        AppendParagraph(markdown, lines.ToString());
    }

    /// <summary>The description of one of the values of <c>enum</c>, as Markdown on one line.</summary>
    public static string? DescribeValue(SchemaAnnotations annotations, int index)
    {
        var markdown = Nth(annotations.MarkdownEnumDescriptions, index);
        var text = markdown ?? (Nth(annotations.EnumDescriptions, index) is { } plain ? EscapeMarkdown(plain) : null);
        return string.IsNullOrEmpty(text) ? null : text.ReplaceLineEndings(" ");
    }

    /// <summary>The text at a position of an array that runs parallel to <c>enum</c>, or null.</summary>
    public static string? Nth(SyntaxNode array, int index)
    {
        if (array.IsNone || index >= array.ChildCount)
        {
            return null;
        }

        foreach (var element in array.Children)
        {
            if (index-- == 0)
            {
                return element.Kind == SyntaxKind.String ? element.GetString() : null;
            }
        }

        return null;
    }

    private static void AddFact(List<string> facts, SchemaAnnotations annotations, string name, ReadOnlySpan<byte> keyword)
    {
        var value = annotations.Keyword(keyword);
        if (!value.IsNone)
        {
            facts.Add($"{name}: {Code(value)}");
        }
    }

    private static void AddRange(
        List<string> facts,
        SchemaAnnotations annotations,
        string name,
        ReadOnlySpan<byte> least,
        ReadOnlySpan<byte> above,
        ReadOnlySpan<byte> most,
        ReadOnlySpan<byte> below,
        string unit)
    {
        var bounds = new List<string>();
        Add(least, "at least ");
        Add(above, "more than ");
        Add(most, "at most ");
        Add(below, "less than ");
        if (bounds.Count > 0)
        {
            facts.Add($"{name}: {string.Join(", ", bounds)}{unit}");
        }

        void Add(ReadOnlySpan<byte> keyword, string words)
        {
            // In draft-04 exclusiveMinimum is a flag beside minimum; only numbers are bounds.
            var value = keyword.IsEmpty ? default : annotations.Keyword(keyword);
            if (value.Kind == SyntaxKind.Number)
            {
                bounds.Add(words + Code(value));
            }
        }
    }
}
