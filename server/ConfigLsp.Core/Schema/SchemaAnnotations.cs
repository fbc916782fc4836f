using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// The keywords of a schema that describe rather than demand, read from its text when asked for. Absent or malformed ones are null, false, or
/// no node (<see cref="SyntaxNode.IsNone"/>).
/// </summary>
/// <param name="Schema">The schema's object in its document.</param>
public readonly record struct SchemaAnnotations(SyntaxNode Schema)
{
    public string? Title => Text("title"u8);

    public string? Description => Text("description"u8);

    /// <summary>Description in Markdown, preferred to <see cref="Description"/> by editors.</summary>
    public string? MarkdownDescription => Text("markdownDescription"u8);

    public SyntaxNode Default => Node("default"u8);

    /// <summary>An array of example values.</summary>
    public SyntaxNode Examples => Node("examples"u8, SyntaxKind.Array);

    /// <summary>The array of allowed values.</summary>
    public SyntaxNode Enum => Node("enum"u8, SyntaxKind.Array);

    public SyntaxNode Const => Node("const"u8);

    /// <summary>An array of strings, parallel to <see cref="Enum"/>.</summary>
    public SyntaxNode EnumDescriptions => Node("enumDescriptions"u8, SyntaxKind.Array);

    /// <summary>An array of Markdown strings, parallel to <see cref="Enum"/>.</summary>
    public SyntaxNode MarkdownEnumDescriptions => Node("markdownEnumDescriptions"u8, SyntaxKind.Array);

    /// <summary>An array of strings, parallel to <see cref="Enum"/>, that order completions.</summary>
    public SyntaxNode EnumSortTexts => Node("enumSortTexts"u8, SyntaxKind.Array);

    /// <summary>An array of strings, parallel to <see cref="Enum"/>, shown beside completions.</summary>
    public SyntaxNode EnumDetails => Node("enumDetails"u8, SyntaxKind.Array);

    /// <summary>An array of snippets, as VS Code defines them: <c>label</c>, <c>description</c>, <c>body</c> or <c>bodyText</c>.</summary>
    public SyntaxNode DefaultSnippets => Node("defaultSnippets"u8, SyntaxKind.Array);

    /// <summary>Whether <c>deprecated</c> is true or a deprecation message is given.</summary>
    public bool IsDeprecated => Flag("deprecated"u8) || DeprecationMessage is not null;

    public string? DeprecationMessage => Text("deprecationMessage"u8);

    public bool IsReadOnly => Flag("readOnly"u8);

    public bool IsWriteOnly => Flag("writeOnly"u8);

    /// <summary>Whether the value must not be shown: <c>writeOnly</c> or <c>x-secret</c>.</summary>
    public bool IsSecret => IsWriteOnly || Flag("x-secret"u8);

    /// <summary>The unit of a number, for instance <c>ms</c>.</summary>
    public string? Unit => Text("x-unit"u8);

    /// <summary>Replaces the message of whatever fails in this schema.</summary>
    public string? ErrorMessage => Text("errorMessage"u8);

    /// <summary>Replaces the message when <c>pattern</c> fails.</summary>
    public string? PatternErrorMessage => Text("patternErrorMessage"u8);

    /// <summary>Whether completion leaves the key or value out.</summary>
    public bool DoNotSuggest => Flag("doNotSuggest"u8);

    public string? SuggestSortText => Text("suggestSortText"u8);

    public string? CompletionDetail => Text("completionDetail"u8);

    /// <summary>Any keyword of the schema, for instance <c>minimum</c> for showing it as it is written; no node if absent.</summary>
    public SyntaxNode Keyword(ReadOnlySpan<byte> name) => Node(name);

    private SyntaxNode Node(ReadOnlySpan<byte> name) => Schema.TryGetProperty(name, out var value) && value.IsValue ? value : default;

    private SyntaxNode Node(ReadOnlySpan<byte> name, SyntaxKind kind)
    {
        var node = Node(name);
        return node.Kind == kind ? node : default;
    }

    private string? Text(ReadOnlySpan<byte> name)
    {
        var node = Node(name, SyntaxKind.String);
        return node.IsNone ? null : node.GetString();
    }

    private bool Flag(ReadOnlySpan<byte> name) => Node(name).Kind == SyntaxKind.True;
}
