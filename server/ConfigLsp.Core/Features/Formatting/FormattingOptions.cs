namespace ConfigLsp.Core.Features.Formatting;

/// <summary>How a document is to look (LSP 3.17, <c>FormattingOptions</c>).</summary>
public sealed record FormattingOptions
{
    /// <summary>Columns of one level; clamped to 1 to 16.</summary>
    public int TabSize { get; init; } = 4;

    /// <summary>Whether a level is spaces; else it is one tab.</summary>
    public bool InsertSpaces { get; init; } = true;

    /// <summary>Whether the file ends with a line break, also where it has none yet.</summary>
    public bool InsertFinalNewline { get; init; }

    /// <summary>Whether empty lines at the end of the file go, also where <see cref="KeepLines"/> keeps all others.</summary>
    public bool TrimFinalNewlines { get; init; }

    /// <summary>Whether blanks at the end of lines go inside comments too; elsewhere they always do.</summary>
    public bool TrimTrailingWhitespace { get; init; }

    /// <summary>Whether line breaks stay where they are, and none are added.</summary>
    public bool KeepLines { get; init; }

    /// <summary>The line break of a text that has none.</summary>
    public string EndOfLine { get; init; } = "\n";

    /// <summary>More changes than this are given as one.</summary>
    public int MaxChanges { get; init; } = 100_000;
}
