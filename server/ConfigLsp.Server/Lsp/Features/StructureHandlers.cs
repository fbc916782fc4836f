using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Colors;
using ConfigLsp.Core.Features.Folding;
using ConfigLsp.Core.Features.Links;
using ConfigLsp.Core.Features.Selection;
using ConfigLsp.Core.Features.Sorting;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;
using DocumentLink = ConfigLsp.Server.Lsp.Protocol.DocumentLink;
using FoldingRange = ConfigLsp.Server.Lsp.Protocol.FoldingRange;
using Range = ConfigLsp.Server.Lsp.Protocol.Range;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>What follows from the structure of a document: folding, selection, colours, links, sorting.</summary>
internal sealed class StructureHandlers(FeatureRequests requests, SessionState state)
{
    private const int MaxFoldingRanges = 1_000_000;
    private const int MaxPositions = 1000;
    private const int MaxLinks = 10_000;

    /// <summary>Each step is a level of JSON, and a serialiser stops at 64.</summary>
    private const int MaxSteps = 50;

    public void Register(RpcHandlers handlers)
    {
        LspJsonContext json = LspJsonContext.Default;
        requests.On(
            handlers, "textDocument/foldingRange", json.DocumentParams, json.IReadOnlyListFoldingRange,
            static parameters => parameters.TextDocument.Uri, [], (request, _, cancellation) => ValueTask.FromResult(Fold(request, cancellation)));
        requests.On(
            handlers, "textDocument/selectionRange", json.SelectionRangeParams, json.IReadOnlyListSelectionRange,
            static parameters => parameters.TextDocument.Uri, [], (request, parameters, _) => ValueTask.FromResult(Select(request, parameters)));
        requests.On(
            handlers, "textDocument/documentColor", json.DocumentParams, json.IReadOnlyListColorInformation,
            static parameters => parameters.TextDocument.Uri, [], FindColorsAsync);
        requests.On(
            handlers, "textDocument/colorPresentation", json.ColorPresentationParams, json.IReadOnlyListColorPresentation,
            static parameters => parameters.TextDocument.Uri, [], (_, parameters, _) => ValueTask.FromResult(Present(parameters)));
        requests.On(
            handlers, "textDocument/documentLink", json.DocumentParams, json.IReadOnlyListDocumentLink,
            static parameters => parameters.TextDocument.Uri, [], FindLinksAsync);
        requests.On(
            handlers, "json/sort", json.SortParams, json.IReadOnlyListTextEdit,
            static parameters => parameters.Uri, [], (request, parameters, cancellation) => ValueTask.FromResult(Sort(request, parameters, cancellation)));
    }

    private static bool IsJson(FeatureRequest request) => request.Document.LanguageId == "json";

    private static IReadOnlyList<FoldingRange> Fold(FeatureRequest request, CancellationToken cancellation)
    {
        int limit = (IsJson(request) ? request.Settings.JsonFoldingLimit : request.Settings.JsoncFoldingLimit) ?? request.Client.FoldingRangeLimit ?? MaxFoldingRanges;
        return [.. FoldingFeature.Find(request.Document.Tree, Math.Min(limit, MaxFoldingRanges), cancellation)
            .Select(range => new FoldingRange(range.StartLine, range.EndLine, KindOf(range.Kind)))];
    }

    private static string KindOf(FoldingKind kind) => kind switch
    {
        FoldingKind.Object => "object",
        FoldingKind.Array => "array",
        FoldingKind.Comment => "comment",
        _ => "region",
    };

    private static IReadOnlyList<SelectionRange> Select(FeatureRequest request, SelectionRangeParams parameters) =>
        [.. parameters.Positions.Take(MaxPositions).Select(position => Select(request, position))];

    private static SelectionRange Select(FeatureRequest request, Position position)
    {
        SyntaxTree tree = request.Document.Tree;
        SelectionRange? around = null;
        foreach (var span in SelectionFeature.FindSpans(tree, request.Positions.ToOffset(tree.Text, position), MaxSteps).Reverse())
            around = new SelectionRange(request.Positions.ToRange(tree.Text, span), around);
        return around ?? new SelectionRange(new Range(position, position), Parent: null);
    }

    private static async ValueTask<IReadOnlyList<ColorInformation>> FindColorsAsync(FeatureRequest request, DocumentParams parameters, CancellationToken cancellation)
    {
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        int limit = IsJson(request) ? request.Settings.JsonColorLimit : request.Settings.JsoncColorLimit;
        return [.. ColorFeature.Find(snapshot, limit, cancellation).Select(found => new ColorInformation(
            request.Positions.ToRange(snapshot.Text, found.Span),
            new ColorValue(found.Color.Red, found.Color.Green, found.Color.Blue, found.Color.Alpha)))];
    }

    private static IReadOnlyList<ColorPresentation> Present(ColorPresentationParams parameters)
    {
        ColorValue given = parameters.Color;
        var color = new Color(given.Red, given.Green, given.Blue, given.Alpha);
        return [new ColorPresentation(ColorFeature.ToText(color), new TextEdit(parameters.Range, ColorFeature.ToJson(color)))];
    }

    private static async ValueTask<IReadOnlyList<DocumentLink>> FindLinksAsync(FeatureRequest request, DocumentParams parameters, CancellationToken cancellation)
    {
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        return [.. LinkFeature.Find(snapshot, MaxLinks, cancellation).Select(link => new DocumentLink(
            request.Positions.ToRange(snapshot.Text, link.Span),
            link.Target ?? AddressOf(request, link.TargetSpan!.Value.Start)))];
    }

    /// <summary>A place in the document as jsonls writes it: line and column from 1.</summary>
    private static string AddressOf(FeatureRequest request, int offset)
    {
        Position start = request.Positions.ToPosition(request.Document.Text, offset);
        return $"{request.Document.Uri}#{start.Line + 1},{start.Character + 1}";
    }

    private IReadOnlyList<TextEdit> Sort(FeatureRequest request, SortParams parameters, CancellationToken cancellation)
    {
        var snapshot = new DocumentSnapshot(request.Document.Uri, request.Document.Version, request.Document.Tree, schema: null, SyntaxDialect.JsonWithComments);
        return request.Positions.ToEdits(
            snapshot.Text,
            SortingFeature.Sort(snapshot, FormattingHandlers.ReadOptions(parameters.Options, keepLines: false, state.Initialization?.FormattingEditLimit ?? 0), cancellation));
    }
}
