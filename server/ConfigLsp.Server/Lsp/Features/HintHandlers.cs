using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.InlayHints;
using ConfigLsp.Server.Lsp.Effective;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;
using CodeLens = ConfigLsp.Server.Lsp.Protocol.CodeLens;
using CoreHint = ConfigLsp.Core.Features.InlayHints.InlayHint;
using InlayHint = ConfigLsp.Server.Lsp.Protocol.InlayHint;
using Range = ConfigLsp.Server.Lsp.Protocol.Range;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>What is shown in a document beside its text: values in other units, what overrides a value, which schema applies.</summary>
internal sealed class HintHandlers(FeatureRequests requests, EffectiveSettings? effective)
{
    private const int MaxHints = 1000;

    public void Register(RpcHandlers handlers)
    {
        LspJsonContext json = LspJsonContext.Default;
        requests.On(
            handlers, "textDocument/inlayHint", json.DocumentRangeParams, json.IReadOnlyListInlayHint,
            static parameters => parameters.TextDocument.Uri, [], FindHintsAsync);
        requests.On(
            handlers, "textDocument/codeLens", json.DocumentParams, json.IReadOnlyListCodeLens,
            static parameters => parameters.TextDocument.Uri, [], FindLensesAsync);
    }

    private async ValueTask<IReadOnlyList<InlayHint>> FindHintsAsync(FeatureRequest request, DocumentRangeParams parameters, CancellationToken cancellation)
    {
        ValueTask<SourceDocument?> finding = effective is null || !request.Settings.OverrideHints ? default : effective.FindAsync(request.Document, cancellation);
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        var within = request.Positions.ToSpan(snapshot.Text, parameters.Range);
        var hints = new List<CoreHint>();
        if (request.Settings.UnitHints)
            hints.AddRange(UnitHints.Find(snapshot, within, MaxHints, cancellation));
        if (await finding.ConfigureAwait(false) is { } source)
            hints.AddRange(EffectiveHints.Find(source, snapshot.Tree, within, cancellation));
        return [.. hints.OrderBy(hint => hint.Offset).Select(hint => new InlayHint(
            request.Positions.ToPosition(snapshot.Text, hint.Offset), hint.Text, PaddingLeft: true))];
    }

    private async ValueTask<IReadOnlyList<CodeLens>> FindLensesAsync(FeatureRequest request, DocumentParams parameters, CancellationToken cancellation)
    {
        if (!request.Settings.CodeLens || request.Document.Tree.Root.IsNone)
            return [];
        ValueTask<SourceDocument?> finding = effective is null ? default : effective.FindAsync(request.Document, cancellation);
        var lookup = (await request.Snapshots.PrepareAsync(request.Document, cancellation).ConfigureAwait(false)).Lookup;
        SourceDocument? source = await finding.ConfigureAwait(false);
        Position start = request.Positions.ToPosition(request.Document.Text, request.Document.Tree.Root.Span.Start);
        var place = new Range(start, start);
        var lenses = new List<CodeLens>();
        foreach (string uri in lookup.Uris.Distinct(StringComparer.Ordinal).Take(3))
            lenses.Add(new CodeLens(place, new Command($"Schema: {NameOf(uri)}{(lookup.Problems.Any(problem => problem.Uri == uri) ? " (not loaded)" : "")}", "configlsp.openSchema", [uri])));
        if (source is not null)
            lenses.Add(new CodeLens(place, new Command(Health(source.View), "configlsp.healthCheck")));
        return lenses;
    }

    private static string NameOf(string uri)
    {
        string path = uri.Split('#', '?')[0].TrimEnd('/');
        string name = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        return name.Length > 0 ? name : uri;
    }

    private static string Health(ConfigurationSnapshot view)
    {
        int failed = view.Layers.Count(layer => layer.State is LayerState.Failed or LayerState.LastGood or LayerState.Refused);
        int findings = view.Findings.Length;
        string sources = view.Layers.Length == 1 ? "1 source" : $"{view.Layers.Length} sources";
        return failed > 0 ? $"Configuration: {failed} of {sources} cannot be read"
            : findings > 0 ? $"Configuration: {(findings == 1 ? "1 problem" : $"{findings} problems")} in {sources}"
            : $"Configuration: {sources}, all well";
    }
}
