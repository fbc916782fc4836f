using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>
/// One of a schema's <c>defaultSnippets</c>, as VS Code defines them: <c>body</c> is a value whose texts may hold tab stops, and a text that begins
/// with <c>^</c> stands for itself without quotes; <c>bodyText</c> is the snippet as it is.
/// </summary>
/// <param name="Label">What the list shows.</param>
/// <param name="Snippet">The value with tab stops (LSP 3.17, "Snippet Syntax").</param>
/// <param name="Text">The same with what the tab stops suggest, for clients without snippets.</param>
/// <param name="Documentation">Markdown, or null.</param>
internal sealed record DefaultSnippet(string Label, string Snippet, string Text, string? Documentation)
{
    private const int MaxLength = 20_000;
    private const int MaxDepth = 32;

    /// <summary>Reads a snippet, or null if it has neither a body nor a label that could be shown.</summary>
    public static DefaultSnippet? Read(SyntaxNode node)
    {
        if (node.Kind != SyntaxKind.Object)
        {
            return null;
        }

        var annotations = new SchemaAnnotations(node);
        var body = annotations.Keyword("body"u8);
        var bodyText = annotations.Keyword("bodyText"u8);
        var written = new StringBuilder();
        if (!body.IsNone)
        {
            Write(written, body, 0);
        }
        else if (bodyText.Kind == SyntaxKind.String)
        {
            written.Append(bodyText.GetString());
        }

        if (written.Length is 0 or > MaxLength)
        {
            return null;
        }

        var snippet = written.ToString();
        var text = SnippetText.ToPlain(snippet);
        var label = annotations.Keyword("label"u8) is { Kind: SyntaxKind.String } named ? named.GetString() : text.ReplaceLineEndings(" ");
        return new DefaultSnippet(label, snippet, text, SchemaDocumentation.Describe(annotations));
    }

    private static void Write(StringBuilder text, SyntaxNode value, int depth)
    {
        switch (value.Kind)
        {
            case SyntaxKind.String:
                var content = value.GetString();
                text.Append(content.StartsWith('^') ? content[1..] : Encoding.UTF8.GetString(value.RawText));
                break;
            case SyntaxKind.Object or SyntaxKind.Array when value.ChildCount > 0 && depth < MaxDepth && text.Length <= MaxLength:
                WriteChildren(text, value, depth);
                break;
            default:
                text.Append(value.IsValue ? ValueTemplate.Escape(Encoding.UTF8.GetString(value.RawText)) : "null");
                break;
        }
    }

    private static void WriteChildren(StringBuilder text, SyntaxNode value, int depth)
    {
        var isObject = value.Kind == SyntaxKind.Object;
        var separator = isObject ? "{" : "[";
        foreach (var child in value.Children)
        {
            text.Append(separator);
            StartLine(text, depth + 1);
            separator = ",";
            if (isObject)
            {
                text.Append(child.Tree.Text.ToString(child.NameSpan)).Append(": ");
            }

            Write(text, isObject ? child.Value : child, depth + 1);
        }

        StartLine(text, depth);
        text.Append(isObject ? '}' : ']');
    }

    /// <summary>Editors turn the tabs into the file's indentation.</summary>
    private static void StartLine(StringBuilder text, int depth) => text.Append('\n').Append('\t', depth);
}
