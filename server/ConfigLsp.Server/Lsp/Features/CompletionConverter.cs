using ConfigLsp.Core.Features.Completion;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Lifecycle;
using ConfigLsp.Server.Lsp.Protocol;
using CompletionItem = ConfigLsp.Server.Lsp.Protocol.CompletionItem;
using CompletionList = ConfigLsp.Server.Lsp.Protocol.CompletionList;
using CoreItem = ConfigLsp.Core.Features.Completion.CompletionItem;
using CoreList = ConfigLsp.Core.Features.Completion.CompletionList;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>Completions in the form that the client can use.</summary>
internal sealed class CompletionConverter(ClientFeatures features, LspPositions positions, SourceText text)
{
    private const int PlainText = 1;
    private const int Snippet = 2;
    private const int Deprecated = 1;

    /// <param name="list">The items.</param>
    /// <param name="number">The number under which the list can be asked for documentation; null where that is sent along.</param>
    public CompletionList Convert(CoreList list, long? number) => new(list.IsIncomplete, [.. list.Items.Select((item, index) => Convert(item, number, index))]);

    private CompletionItem Convert(CoreItem item, long? number, int index)
    {
        bool isSnippet = features.CompletionSnippets && item.Snippet is not null;
        return new CompletionItem
        {
            Label = item.Label,
            Kind = Kind(item.Kind),
            Tags = item.IsDeprecated && features.CompletionTags ? [Deprecated] : null,
            Deprecated = item.IsDeprecated && features.CompletionDeprecated ? true : null,
            Detail = item.Detail,
            Documentation = number is null && item.Documentation is { } documentation ? Markup.For(features.CompletionMarkdown, documentation) : null,
            SortText = item.SortText,
            FilterText = item.FilterText,
            InsertTextFormat = isSnippet ? Snippet : PlainText,
            TextEdit = Edit(item, isSnippet ? item.Snippet! : item.NewText),
            AdditionalTextEdits = item.AdditionalChanges.IsEmpty
                ? null
                : [.. item.AdditionalChanges.Select(change => new TextEdit(positions.ToRange(text, change.Span), change.NewTextString))],
            Command = item.TriggersSuggest && isSnippet ? CompletionCommand.Suggest : null,
            Data = number is { } known ? new CompletionItemData(known, index) : null,
        };
    }

    private CompletionEdit Edit(CoreItem item, string newText) => features.CompletionInsertReplace
        ? new CompletionEdit { NewText = newText, Insert = positions.ToRange(text, item.InsertSpan), Replace = positions.ToRange(text, item.ReplaceSpan) }
        : new CompletionEdit { NewText = newText, Range = positions.ToRange(text, item.ReplaceSpan) };

    /// <summary>LSP 3.17, <c>CompletionItemKind</c>.</summary>
    private static int Kind(CompletionItemKind kind) => kind switch
    {
        CompletionItemKind.Property => 10,
        CompletionItemKind.EnumMember => 20,
        CompletionItemKind.Constant => 21,
        CompletionItemKind.Snippet => 15,
        CompletionItemKind.File => 17,
        CompletionItemKind.Folder => 19,
        _ => 12,
    };
}
