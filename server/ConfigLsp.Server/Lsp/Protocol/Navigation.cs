namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>LSP's <c>Location | LocationLink</c>: <see cref="Uri"/> and <see cref="Range"/>, or the members that start with "target".</summary>
internal sealed record NavigationTarget
{
    public string? Uri { get; init; }

    public Range? Range { get; init; }

    /// <summary>What the client underlines.</summary>
    public Range? OriginSelectionRange { get; init; }

    public string? TargetUri { get; init; }

    /// <summary>What is shown: the property with its value, the schema.</summary>
    public Range? TargetRange { get; init; }

    /// <summary>Where the caret goes.</summary>
    public Range? TargetSelectionRange { get; init; }
}

internal sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position, ReferenceContext? Context = null);

internal sealed record ReferenceContext(bool IncludeDeclaration = false);

/// <param name="Range">The key or text.</param>
/// <param name="Kind">1 text, 2 read, 3 write.</param>
internal sealed record DocumentHighlight(Range Range, int Kind);

internal sealed record SchemaContentParams(string Uri);

/// <param name="Text">The schema.</param>
internal sealed record SchemaContentResult(string Text);
