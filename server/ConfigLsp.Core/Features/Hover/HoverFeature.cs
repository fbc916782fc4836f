using System.Globalization;
using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Hover;

/// <summary>Explains the key or value under the caret by its schema.</summary>
public static class HoverFeature
{
    private const string Separator = "\n\n---\n\n";
    private const int MaxFindings = 3;
    private const int MaxSchemas = 6;

    /// <summary>The explanation, or null where there is none.</summary>
    public static HoverInfo? Hover(DocumentSnapshot snapshot, int offset, CancellationToken cancellationToken) => Hover(snapshot, offset, [], cancellationToken);

    /// <summary>The explanation, or null where there is none.</summary>
    /// <param name="snapshot">The document.</param>
    /// <param name="offset">The caret, in bytes.</param>
    /// <param name="findings">What is known to be wrong with the document; what concerns this place is said first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static HoverInfo? Hover(DocumentSnapshot snapshot, int offset, IReadOnlyList<Diagnostic> findings, CancellationToken cancellationToken)
    {
        if (!TryFindTarget(snapshot.Tree, offset, out var value, out var span))
        {
            return null;
        }

        var problems = DescribeFindings(findings, value, span);
        var explanation = snapshot.Schema is { } schema ? ExplainAll(snapshot.Tree, schema, value, cancellationToken) : "";
        if (problems.Length == 0 && explanation.Length == 0)
        {
            return null;
        }

        return new HoverInfo(span, SchemaDocumentation.Bound(problems + (problems.Length > 0 && explanation.Length > 0 ? Separator : "") + explanation));
    }

    /// <summary>What is wrong with the key or value itself, not with what is inside it.</summary>
    private static string DescribeFindings(IReadOnlyList<Diagnostic> findings, SyntaxNode value, TextSpan span)
    {
        var isContainer = value.Kind is SyntaxKind.Object or SyntaxKind.Array;
        var own = value.IsNone || isContainer ? span : value.Span;
        var messages = findings
            .Where(finding => isContainer && span == value.Span ? finding.Span.Start == span.Start : finding.Span.Length > 0 && (span.Contains(finding.Span) || own.Contains(finding.Span)))
            .Take(MaxFindings)
            .Select(static finding => "✗ " + SchemaDocumentation.EscapeMarkdown(SchemaDocumentation.Cut(finding.Message)));
        return string.Join("\n\n", messages);
    }

    private static string ExplainAll(SyntaxTree tree, JsonSchema schema, SyntaxNode value, CancellationToken cancellationToken)
    {
        var markdown = new StringBuilder();
        var described = new HashSet<string>(StringComparer.Ordinal);
        foreach (var applicable in SchemaEvaluator.FindApplicable(tree, schema, value, cancellationToken).OrderByDescending(static schema => schema.IsCertain))
        {
            var text = Explain(applicable.Schema, value);
            if (text.Length > 0 && described.Add(text))
            {
                if (described.Count > MaxSchemas)
                {
                    return markdown.Append(Separator).Append('…').ToString();
                }

                if (described.Count > 1)
                {
                    markdown.Append(Separator);
                }

                markdown.Append(text);
            }
        }

        return markdown.ToString();
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
        if (markdown.Length > 0 && AddressOf(schema.Origin) is { } address)
        {
            var uri = schema.Origin.Uri;
            SchemaDocumentation.AppendParagraph(markdown, $"[{SchemaDocumentation.EscapeMarkdown(uri[(uri.LastIndexOf('/') + 1)..])}](<{address.Replace(">", "%3E", StringComparison.Ordinal)}>)");
        }

        return markdown.ToString();
    }

    /// <summary>Editors open a file at a line and column, counted from 1; on the web the fragment is a JSON Pointer.</summary>
    private static string? AddressOf(SchemaOrigin origin)
    {
        if (origin.Uri.StartsWith("file:", StringComparison.Ordinal))
        {
            var position = origin.Text.Lines.GetPosition(origin.Span.Start, PositionEncoding.Utf16);
            return string.Create(CultureInfo.InvariantCulture, $"{origin.Uri}#L{position.Line + 1},{position.Character + 1}");
        }

        var pointer = Uri.EscapeDataString(origin.Pointer).Replace("%2F", "/", StringComparison.Ordinal);
        return origin.Uri.StartsWith("https://", StringComparison.Ordinal) ? origin.Uri + (pointer.Length > 0 ? "#" + pointer : "") : null;
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
