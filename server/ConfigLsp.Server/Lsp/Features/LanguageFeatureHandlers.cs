using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Completion;
using ConfigLsp.Core.Features.Hover;
using ConfigLsp.Core.Features.Symbols;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Effective;
using ConfigLsp.Server.Lsp.Lifecycle;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;
using CompletionList = ConfigLsp.Server.Lsp.Protocol.CompletionList;
using DocumentSymbol = ConfigLsp.Server.Lsp.Protocol.DocumentSymbol;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>
/// Hover, completion and document symbols. Each takes the document as it is at its place in the queue and is computed beside everything else.
/// A document that is not open, for instance because it was closed meanwhile, gets the empty answer.
/// </summary>
internal sealed class LanguageFeatureHandlers(SessionState state, SnapshotSource snapshots, EffectiveSettings? effective)
{
    /// <summary>What a person types before a key or value may follow.</summary>
    public static IReadOnlyList<string> CompletionTriggers { get; } = ["\"", ":", " "];

    public void Register(RpcHandlers handlers)
    {
        handlers.OnConcurrentRequest(
            "textDocument/hover", LspJsonContext.Default.TextDocumentPositionParams, LspJsonContext.Default.Hover!,
            parameters => Capture(parameters.TextDocument.Uri), HoverAsync);
        handlers.OnConcurrentRequest(
            "textDocument/completion", LspJsonContext.Default.TextDocumentPositionParams, LspJsonContext.Default.CompletionList,
            parameters => Capture(parameters.TextDocument.Uri), CompleteAsync);
        handlers.OnConcurrentRequest(
            "textDocument/documentSymbol", LspJsonContext.Default.DocumentSymbolParams, LspJsonContext.Default.IReadOnlyListDocumentSymbol,
            parameters => Capture(parameters.TextDocument.Uri), OutlineAsync);
    }

    private FeatureSnapshot Capture(string uri) => new(
        state.Documents.TryGet(uri, out OpenDocument? document) ? document : null, state.Features, state.Positions, state.Settings.ResultLimit);

    private async ValueTask<Hover?> HoverAsync(FeatureSnapshot captured, TextDocumentPositionParams parameters, CancellationToken cancellation)
    {
        if (captured.Document is not { } document)
            return null;
        ValueTask<SourceDocument?> finding = effective is null ? default : effective.FindAsync(document, cancellation);
        DocumentSnapshot snapshot = await PrepareAsync(document, cancellation).ConfigureAwait(false);
        int offset = captured.Positions.ToOffset(document.Text, parameters.Position);
        HoverInfo? hover = HoverFeature.Hover(snapshot, offset, cancellation);
        if (await finding.ConfigureAwait(false) is { } source
            && HoverFeature.FindTarget(snapshot.Tree, offset) is { } target
            && EffectiveHover.Describe(source, target.Value) is { } value)
        {
            string text = EffectiveValueText.Render(value);
            hover = new HoverInfo(target.Span, hover is null ? text : $"{text}\n\n---\n\n{hover.Markdown}");
        }

        return hover is null
            ? null
            : new Hover(Markup.For(captured.Client.HoverMarkdown, hover.Markdown), captured.Positions.ToRange(document.Text, hover.Span));
    }

    private async ValueTask<CompletionList> CompleteAsync(FeatureSnapshot captured, TextDocumentPositionParams parameters, CancellationToken cancellation)
    {
        if (captured.Document is not { } document)
            return new CompletionList(IsIncomplete: false, []);
        DocumentSnapshot snapshot = await PrepareAsync(document, cancellation).ConfigureAwait(false);
        int offset = captured.Positions.ToOffset(document.Text, parameters.Position);
        return new CompletionConverter(captured.Client, captured.Positions, document.Text)
            .Convert(CompletionFeature.Complete(snapshot, offset, cancellation));
    }

    private async ValueTask<IReadOnlyList<DocumentSymbol>> OutlineAsync(
        FeatureSnapshot captured, DocumentSymbolParams parameters, CancellationToken cancellation)
    {
        if (captured.Document is not { } document)
            return [];
        DocumentSnapshot snapshot = await PrepareAsync(document, cancellation).ConfigureAwait(false);
        return new SymbolConverter(captured.Positions, document)
            .Convert(DocumentSymbols.Outline(snapshot, captured.ResultLimit, cancellation), captured.Client.HierarchicalSymbols);
    }

    private async ValueTask<DocumentSnapshot> PrepareAsync(OpenDocument document, CancellationToken cancellation) =>
        (await snapshots.PrepareAsync(document, cancellation).ConfigureAwait(false)).Snapshot;

    private readonly record struct FeatureSnapshot(OpenDocument? Document, ClientFeatures Client, LspPositions Positions, int ResultLimit);
}
