namespace ConfigLsp.Core.Editing;

/// <summary>The style of a document that shows none of its own. What can be read off the neighbours, or else the document, always wins.</summary>
public sealed record EditOptions
{
    /// <summary>Two blanks, lines ending with LF.</summary>
    public static readonly EditOptions Default = new();

    /// <summary>Blanks for one level, 0 to 16; null for 2.</summary>
    public int? IndentSize { get; init; }

    /// <summary>Indent by one tab a level instead.</summary>
    public bool UseTabs { get; init; }

    /// <summary>End lines with CR LF instead of LF.</summary>
    public bool UseCarriageReturns { get; init; }

    /// <summary>The style of the document that several edits started from, should one of them remove all that shows it.</summary>
    internal string? OriginalUnit { get; init; }

    internal string? OriginalEndOfLine { get; init; }

    internal string Unit => OriginalUnit ?? (UseTabs ? "\t" : new string(' ', Math.Clamp(IndentSize ?? 2, 0, 16)));

    internal string EndOfLine => OriginalEndOfLine ?? (UseCarriageReturns ? "\r\n" : "\n");
}
