namespace ConfigLsp.Server.Lsp.Protocol;

internal sealed record Hover(MarkupContent Contents, Range Range);

internal sealed record CompletionList(bool IsIncomplete, IReadOnlyList<CompletionItem> Items);

internal sealed record CompletionItem
{
    public required string Label { get; init; }

    /// <summary>LSP 3.17, <c>CompletionItemKind</c>.</summary>
    public required int Kind { get; init; }

    public IReadOnlyList<int>? Tags { get; init; }

    /// <summary>For clients from before tags.</summary>
    public bool? Deprecated { get; init; }

    public string? Detail { get; init; }

    public MarkupContent? Documentation { get; init; }

    public required string SortText { get; init; }

    public required string FilterText { get; init; }

    /// <summary>1 plain text, 2 snippet.</summary>
    public required int InsertTextFormat { get; init; }

    public required CompletionEdit TextEdit { get; init; }

    public IReadOnlyList<TextEdit>? AdditionalTextEdits { get; init; }

    public CompletionCommand? Command { get; init; }

    public CompletionItemData? Data { get; init; }
}

/// <summary>LSP's <c>TextEdit | InsertReplaceEdit</c>: either <see cref="Range"/>, or <see cref="Insert"/> and <see cref="Replace"/>.</summary>
internal sealed record CompletionEdit
{
    public required string NewText { get; init; }

    public Range? Range { get; init; }

    public Range? Insert { get; init; }

    public Range? Replace { get; init; }
}

/// <summary>LSP's <c>DocumentSymbol | SymbolInformation</c>: <see cref="Range"/>, or <see cref="Location"/> where the client has no hierarchy.</summary>
internal sealed record DocumentSymbol
{
    public required string Name { get; init; }

    public string? Detail { get; init; }

    /// <summary>LSP 3.17, <c>SymbolKind</c>.</summary>
    public required int Kind { get; init; }

    public Range? Range { get; init; }

    public Range? SelectionRange { get; init; }

    public IReadOnlyList<DocumentSymbol>? Children { get; init; }

    public Location? Location { get; init; }

    public string? ContainerName { get; init; }
}
