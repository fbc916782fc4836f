using System.Globalization;
using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Hover;

/// <summary>Explains the key or value under the caret by its schema.</summary>
public static class HoverFeature
{
    /// <summary>The explanation, or null where there is none.</summary>
    public static HoverInfo? Hover(DocumentSnapshot snapshot, int offset, CancellationToken cancellationToken)
    {
        if (snapshot.Schema is not { } schema || !TryFindTarget(snapshot.Tree, offset, out var value, out var span))
        {
            return null;
        }

        var markdown = new StringBuilder();
        var described = new HashSet<string>(StringComparer.Ordinal);
        foreach (var applicable in SchemaEvaluator.FindApplicable(snapshot.Tree, schema, value, cancellationToken).OrderByDescending(static schema => schema.IsCertain))
        {
            var text = Explain(applicable.Schema, value);
            if (text.Length > 0 && described.Add(text))
            {
                if (described.Count > 1)
                {
                    markdown.Append("\n\n---\n\n");
                }

                markdown.Append(text);
            }
        }

        return markdown.Length == 0 ? null : new HoverInfo(span, markdown.ToString());
    }

    /// <summary>The value that a hover at this place is about, with the span of the key or value under the caret; null where there is neither.</summary>
    public static HoverTarget? FindTarget(SyntaxTree tree, int offset) => TryFindTarget(tree, offset, out var value, out var span) ? new HoverTarget(value, span) : null;

    /// <summary>A key explains its value, and so does the value itself; brackets explain what they enclose, the space between them nothing.</summary>
    private static bool TryFindTarget(SyntaxTree tree, int offset, out SyntaxNode value, out TextSpan span)
    {
        value = tree.FindNode(offset);
        span = default;
        switch (value.Kind)
        {
            case SyntaxKind.Property when value.NameSpan.Touches(offset):
                span = value.NameSpan;
                value = value.Value;
                return true;
            case SyntaxKind.Object or SyntaxKind.Array when offset <= value.Span.Start + 1 || offset >= value.Span.End - 1:
                span = value.Span;
                return true;
            case SyntaxKind.String or SyntaxKind.Number or SyntaxKind.True or SyntaxKind.False or SyntaxKind.Null or SyntaxKind.Invalid:
                span = value.Span;
                return true;
            default:
                return false;
        }
    }

    private static string Explain(SchemaNode schema, SyntaxNode value)
    {
        var annotations = schema.Annotations;
        var markdown = new StringBuilder();
        if (annotations.Title is { Length: > 0 } title)
        {
            markdown.Append("**").Append(SchemaDocumentation.EscapeMarkdown(title)).Append("**");
        }

        if (annotations.IsDeprecated)
        {
            var message = annotations.DeprecationMessage is { } reason ? ": " + SchemaDocumentation.EscapeMarkdown(reason) : "";
            SchemaDocumentation.AppendParagraph(markdown, "⚠ Deprecated" + message);
        }

        SchemaDocumentation.AppendParagraph(markdown, SchemaDocumentation.Describe(annotations));
        SchemaDocumentation.AppendDemands(markdown, schema);
        AppendHumanValue(markdown, schema, value);
        if (markdown.Length > 0 && schema.Origin.Uri is { Length: > 0 } uri && (uri.StartsWith("https://", StringComparison.Ordinal) || uri.StartsWith("file:", StringComparison.Ordinal)))
        {
            SchemaDocumentation.AppendParagraph(markdown, $"[{SchemaDocumentation.EscapeMarkdown(uri[(uri.LastIndexOf('/') + 1)..])}](<{uri.Replace(">", "%3E", StringComparison.Ordinal)}>)");
        }

        return markdown.ToString();
    }

    private static void AppendHumanValue(StringBuilder markdown, SchemaNode schema, SyntaxNode value)
    {
        if (value.Kind == SyntaxKind.Number
            && !schema.IsSecret
            && schema.Annotations.Unit is { } unit
            && decimal.TryParse(Encoding.UTF8.GetString(value.RawText), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && HumanUnits.Format(number, unit) is { } human)
        {
            SchemaDocumentation.AppendParagraph(markdown, $"{SchemaDocumentation.Code(value)} {unit} = {human}");
        }
    }
}
