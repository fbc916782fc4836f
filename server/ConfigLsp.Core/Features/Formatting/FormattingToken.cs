namespace ConfigLsp.Core.Features.Formatting;

/// <summary>What the blanks around a token depend on.</summary>
internal enum TokenKind : byte
{
    /// <summary>The end of the text, or of the part that is looked at.</summary>
    End,
    OpenBrace,
    OpenBracket,
    CloseBrace,
    CloseBracket,
    Comma,
    Colon,

    /// <summary>A string, a number, a literal, a key without quotes.</summary>
    Word,
    LineComment,
    BlockComment,

    /// <summary>A whole line that version control has left.</summary>
    ConflictMarker,

    /// <summary>Text that is no token, or one whose end is missing: what stands beside it on its line may belong to it.</summary>
    Unknown,
}

/// <summary>A token of the text or a comment.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="End">Offset behind its last byte.</param>
/// <param name="Breaks">How many line breaks stand between the token before and this one.</param>
internal readonly record struct FormattingToken(TokenKind Kind, int Start, int End, int Breaks)
{
    public bool IsComment => Kind is TokenKind.LineComment or TokenKind.BlockComment;

    public bool IsOpening => Kind is TokenKind.OpenBrace or TokenKind.OpenBracket;

    public bool IsClosing => Kind is TokenKind.CloseBrace or TokenKind.CloseBracket;

    /// <summary>Whether this token closes what the other one opens.</summary>
    public bool Closes(TokenKind opening) =>
        (Kind == TokenKind.CloseBrace && opening == TokenKind.OpenBrace) || (Kind == TokenKind.CloseBracket && opening == TokenKind.OpenBracket);
}
