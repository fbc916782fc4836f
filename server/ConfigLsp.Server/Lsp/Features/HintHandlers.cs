using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.InlayHints;
using ConfigLsp.Core.Features.SemanticTokens;
using ConfigLsp.Server.Lsp.Effective;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;
using CodeLens = ConfigLsp.Server.Lsp.Protocol.CodeLens;
using CoreHint = ConfigLsp.Core.Features.InlayHints.InlayHint;
using InlayHint = ConfigLsp.Server.Lsp.Protocol.InlayHint;
using Range = ConfigLsp.Server.Lsp.Protocol.Range;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>What is shown in a document beside its text: colours of keys, values in other units, what overrides a value, which schema applies.</summary>
internal sealed class HintHandlers(FeatureRequests requests, EffectiveSettings? effective)
{
    /// <summary>A whole document is asked for in a few megabytes at most; for the rest clients ask by range.</summary>
    private const int MaxTokens = 100_000;

    private const int MaxHints = 1000;

    /// <summary>One type of token, a key; the modifiers are the flags of <see cref="KeyFacts"/>, by bit.</summary>
    public static SemanticTokensOptions SemanticTokensOptions { get; } = new(
        new SemanticTokensLegend(["property"], ["deprecated", "unknown"]), Full: true, Range: true);

    public void Register(RpcHandlers handlers)
    {
        StructureJsonContext json = StructureJsonContext.Default;
        requests.On(
            handlers, "textDocument/semanticTokens/full", json.DocumentParams, json.SemanticTokens,
            static parameters => parameters.TextDocument.Uri, new SemanticTokens([]), static (request, _, cancellation) => FindTokensAsync(request, range: null, cancellation));
        requests.On(
            handlers, "textDocument/semanticTokens/range", json.DocumentRangeParams, json.SemanticTokens,
            static parameters => parameters.TextDocument.Uri, new SemanticTokens([]), static (request, parameters, cancellation) => FindTokensAsync(request, parameters.Range, cancellation));
        requests.On(
            handlers, "textDocument/inlayHint", json.DocumentRangeParams, json.IReadOnlyListInlayHint,
            static parameters => parameters.TextDocument.Uri, [], FindHintsAsync);
        requests.On(
            handlers, "textDocument/codeLens", json.DocumentParams, json.IReadOnlyListCodeLens,
            static parameters => parameters.TextDocument.Uri, [], FindLensesAsync);
    }

    private static async ValueTask<SemanticTokens> FindTokensAsync(FeatureRequest request, Range? range, CancellationToken cancellation)
    {
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        var within = range is { } part ? request.Positions.ToSpan(snapshot.Text, part) : snapshot.Text.FullSpan;
        var found = SemanticTokensFeature.Find(snapshot, within, MaxTokens, cancellation);
        var data = new int[found.Length * 5];
        Position previous = default;
        for (int i = 0; i < found.Length; i++)
        {
            Range place = request.Positions.ToRange(snapshot.Text, found[i].Span);
            Span<int> token = data.AsSpan(i * 5, 5);
            token[0] = place.Start.Line - previous.Line;
            token[1] = token[0] == 0 ? place.Start.Character - previous.Character : place.Start.Character;
            token[2] = place.End.Character - place.Start.Character;
            token[4] = (int)found[i].Facts;
            previous = place.Start;
        }

        return new SemanticTokens(data);
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
