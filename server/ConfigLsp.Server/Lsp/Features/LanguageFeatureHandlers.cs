using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Hover;
using ConfigLsp.Core.Features.Symbols;
using ConfigLsp.Server.Lsp.Effective;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;
using DocumentSymbol = ConfigLsp.Server.Lsp.Protocol.DocumentSymbol;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>Hover and document symbols.</summary>
internal sealed class LanguageFeatureHandlers(FeatureRequests requests, EffectiveSettings? effective)
{
    public void Register(RpcHandlers handlers)
    {
        requests.On(
            handlers, "textDocument/hover", LspJsonContext.Default.TextDocumentPositionParams, LspJsonContext.Default.Hover!,
            static parameters => parameters.TextDocument.Uri, empty: null, HoverAsync);
        requests.On(
            handlers, "textDocument/documentSymbol", LspJsonContext.Default.DocumentSymbolParams, LspJsonContext.Default.IReadOnlyListDocumentSymbol,
            static parameters => parameters.TextDocument.Uri, [], OutlineAsync);
    }

    private async ValueTask<Hover?> HoverAsync(FeatureRequest request, TextDocumentPositionParams parameters, CancellationToken cancellation)
    {
        ValueTask<SourceDocument?> finding = effective is null ? default : effective.FindAsync(request.Document, cancellation);
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        int offset = request.Positions.ToOffset(snapshot.Text, parameters.Position);
        HoverInfo? hover = HoverFeature.Hover(snapshot, offset, request.Document.Findings, cancellation);
        if (await finding.ConfigureAwait(false) is { } source
            && HoverFeature.FindTarget(snapshot.Tree, offset) is { } target
            && EffectiveHover.Describe(source, target.Value) is { } value)
        {
            string text = EffectiveValueText.Render(value);
            hover = new HoverInfo(target.Span, hover is null ? text : $"{text}\n\n---\n\n{hover.Markdown}");
        }

        return hover is null
            ? null
            : new Hover(Markup.For(request.Client.HoverMarkdown, hover.Markdown), request.Positions.ToRange(snapshot.Text, hover.Span));
    }

    private static async ValueTask<IReadOnlyList<DocumentSymbol>> OutlineAsync(FeatureRequest request, DocumentSymbolParams parameters, CancellationToken cancellation)
    {
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        return new SymbolConverter(request.Positions, request.Document)
            .Convert(DocumentSymbols.Outline(snapshot, request.Settings.ResultLimit, cancellation), request.Client.HierarchicalSymbols);
    }
}
