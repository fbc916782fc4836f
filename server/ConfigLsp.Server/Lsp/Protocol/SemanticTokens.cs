namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>LSP 3.17, <c>SemanticTokensLegend</c>.</summary>
internal sealed record SemanticTokensLegend(IReadOnlyList<string> TokenTypes, IReadOnlyList<string> TokenModifiers);

internal sealed record SemanticTokensOptions(SemanticTokensLegend Legend, SemanticTokensFullOptions Full, bool Range);

/// <param name="Delta">Whether a client may ask for what differs from an earlier answer.</param>
internal sealed record SemanticTokensFullOptions(bool Delta);

/// <param name="TextDocument">The document.</param>
/// <param name="PreviousResultId">The answer that the client has.</param>
internal sealed record SemanticTokensDeltaParams(TextDocumentIdentifier TextDocument, string PreviousResultId);

/// <summary>All tokens (LSP 3.17, <c>SemanticTokens</c>), or what is different from an earlier answer (<c>SemanticTokensDelta</c>).</summary>
internal sealed record SemanticTokens
{
    /// <summary>By which the client refers to this answer; null where it cannot.</summary>
    public string? ResultId { get; private init; }

    /// <summary>Five numbers for each token (LSP 3.17, "Integer Encoding for Tokens"); null where there are <see cref="Edits"/>.</summary>
    public IReadOnlyList<int>? Data { get; private init; }

    public IReadOnlyList<SemanticTokensEdit>? Edits { get; private init; }

    public static SemanticTokens Of(IReadOnlyList<int> data, string? resultId = null) => new() { Data = data, ResultId = resultId };

    public static SemanticTokens Different(IReadOnlyList<SemanticTokensEdit> edits, string resultId) => new() { Edits = edits, ResultId = resultId };
}

/// <param name="Start">The first number that is replaced.</param>
/// <param name="DeleteCount">How many numbers are.</param>
/// <param name="Data">What comes there; null for nothing.</param>
internal sealed record SemanticTokensEdit(int Start, int DeleteCount, IReadOnlyList<int>? Data);
