using System.Collections.Immutable;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>What a completion inserts, for the editor's icon.</summary>
public enum CompletionItemKind
{
    Property,
    Value,
    EnumMember,
    Constant,
    Snippet,
    File,
    Folder,
}

/// <summary>One thing that can be written at the caret.</summary>
public sealed record CompletionItem
{
    /// <summary>What the list shows.</summary>
    public required string Label { get; init; }

    public required CompletionItemKind Kind { get; init; }

    /// <summary>The bytes replaced by <see cref="NewText"/>: on one line, and containing the caret.</summary>
    public required TextSpan ReplaceSpan { get; init; }

    /// <summary>The part of <see cref="ReplaceSpan"/> that an editor replaces that inserts before the word behind the caret.</summary>
    public required TextSpan InsertSpan { get; init; }

    /// <summary>The text for clients without snippet support.</summary>
    public required string NewText { get; init; }

    /// <summary>The same with tab stops (LSP 3.17 snippet syntax), or null where there is nothing to fill in.</summary>
    public string? Snippet { get; init; }

    /// <summary>What the editor compares with the typed text: with the quotes where they are typed.</summary>
    public required string FilterText { get; init; }

    /// <summary>Orders the list.</summary>
    public required string SortText { get; init; }

    /// <summary>A few words beside the label: the type, or the default.</summary>
    public string? Detail { get; init; }

    /// <summary>The documentation as untrusted Markdown. Put together when it is asked for, since a list is long and a person reads one item.</summary>
    public string? Documentation => Describe?.Invoke();

    /// <summary>Whether accepting it should show what can follow.</summary>
    public bool TriggersSuggest { get; init; }

    public bool IsDeprecated { get; init; }

    /// <summary>Changes elsewhere, for instance a comma that is missing before the caret.</summary>
    public ImmutableArray<TextChange> AdditionalChanges { get; init; } = [];

    internal Func<string?>? Describe { get; init; }
}

/// <summary>All that can be written at the caret.</summary>
/// <param name="Items">Ordered by <see cref="CompletionItem.SortText"/>.</param>
/// <param name="IsIncomplete">Whether typing on should ask again.</param>
public sealed record CompletionList(ImmutableArray<CompletionItem> Items, bool IsIncomplete)
{
    public static readonly CompletionList Empty = new([], IsIncomplete: false);
}
