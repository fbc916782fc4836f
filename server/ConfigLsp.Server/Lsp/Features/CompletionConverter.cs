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

    public CompletionList Convert(CoreList list) => new(list.IsIncomplete, [.. list.Items.Select(Convert)]);

    private CompletionItem Convert(CoreItem item)
    {
        bool isSnippet = features.CompletionSnippets && item.Snippet is not null;
        return new CompletionItem
        {
            Label = item.Label,
            Kind = Kind(item.Kind),
            Tags = item.IsDeprecated && features.CompletionTags ? [Deprecated] : null,
            Deprecated = item.IsDeprecated && features.CompletionDeprecated ? true : null,
            Detail = item.Detail,
            Documentation = item.Documentation is { } documentation ? Markup.For(features.CompletionMarkdown, documentation) : null,
            SortText = item.SortText,
            FilterText = item.FilterText,
            InsertTextFormat = isSnippet ? Snippet : PlainText,
            TextEdit = Edit(item, isSnippet ? item.Snippet! : item.NewText),
            AdditionalTextEdits = item.AdditionalChanges.IsEmpty
                ? null
                : [.. item.AdditionalChanges.Select(change => new TextEdit(positions.ToRange(text, change.Span), change.NewTextString))],
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
        _ => 12,
    };
}
