namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>Finds a completion item again when it is to be resolved.</summary>
/// <param name="List">The number of its list.</param>
/// <param name="Item">Its place in it.</param>
internal sealed record CompletionItemData(long List, int Item);

/// <summary>What the editor does after inserting an item.</summary>
/// <param name="Title">For people.</param>
/// <param name="Command">The editor's own command.</param>
internal sealed record CompletionCommand(string Title, string Command)
{
    /// <summary>Shows what can follow, as VS Code's own client for JSON understands it.</summary>
    public static CompletionCommand Suggest { get; } = new("Suggest", "editor.action.triggerSuggest");
}
