using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.SemanticTokens;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;
using Range = ConfigLsp.Server.Lsp.Protocol.Range;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>
/// Keys as the schema knows them. Of each open document the last answer is remembered, so that a client which still has it is told only what is
/// different.
/// </summary>
internal sealed class SemanticTokenHandlers(FeatureRequests requests)
{
    /// <summary>A whole document is asked for in a few megabytes at most; for the rest clients ask by range.</summary>
    private const int MaxTokens = 100_000;

    /// <summary>LSP 3.17, "Integer Encoding for Tokens".</summary>
    private const int NumbersOfToken = 5;

    private long _answers;

    /// <summary>One type of token, a key; the modifiers are the flags of <see cref="KeyFacts"/>, by bit.</summary>
    public static SemanticTokensOptions Options { get; } = new(
        new SemanticTokensLegend(["property"], ["deprecated", "unknown"]), new SemanticTokensFullOptions(Delta: true), Range: true);

    public void Register(RpcHandlers handlers)
    {
        LspJsonContext json = LspJsonContext.Default;
        requests.On(
            handlers, "textDocument/semanticTokens/full", json.DocumentParams, json.SemanticTokens,
            static parameters => parameters.TextDocument.Uri, SemanticTokens.Of([]), AnswerAsync);
        requests.On(
            handlers, "textDocument/semanticTokens/full/delta", json.SemanticTokensDeltaParams, json.SemanticTokens,
            static parameters => parameters.TextDocument.Uri, SemanticTokens.Of([]), AnswerDifferenceAsync);
        requests.On(
            handlers, "textDocument/semanticTokens/range", json.DocumentRangeParams, json.SemanticTokens,
            static parameters => parameters.TextDocument.Uri, SemanticTokens.Of([]),
            static async (request, parameters, cancellation) => SemanticTokens.Of(await FindAsync(request, parameters.Range, cancellation).ConfigureAwait(false)));
    }

    private async ValueTask<SemanticTokens> AnswerAsync(FeatureRequest request, DocumentParams parameters, CancellationToken cancellation)
    {
        TokenMemory found = await FindWholeAsync(request, cancellation).ConfigureAwait(false);
        return SemanticTokens.Of(found.Data, found.ResultId);
    }

    private async ValueTask<SemanticTokens> AnswerDifferenceAsync(FeatureRequest request, SemanticTokensDeltaParams parameters, CancellationToken cancellation)
    {
        // Looked up first: the answer takes its place.
        TokenMemory? before = request.Document.Memory.Tokens;
        TokenMemory found = await FindWholeAsync(request, cancellation).ConfigureAwait(false);
        return before is not null && before.ResultId == parameters.PreviousResultId
            ? SemanticTokens.Different(Difference(before.Data, found.Data), found.ResultId)
            : SemanticTokens.Of(found.Data, found.ResultId);
    }

    private async ValueTask<TokenMemory> FindWholeAsync(FeatureRequest request, CancellationToken cancellation)
    {
        int[] data = await FindAsync(request, range: null, cancellation).ConfigureAwait(false);
        var found = new TokenMemory(Interlocked.Increment(ref _answers).ToString(System.Globalization.CultureInfo.InvariantCulture), data);
        request.Document.Memory.Tokens = found;
        return found;
    }

    /// <summary>One edit from the first to the last token that differs, or none. Places are relative, so a change of one line leaves the tokens behind it alone.</summary>
    private static SemanticTokensEdit[] Difference(ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        int start = before.CommonPrefixLength(after);
        start -= start % NumbersOfToken;
        before = before[start..];
        after = after[start..];
        int kept = 0;
        while (kept < Math.Min(before.Length, after.Length) && before[^(kept + 1)] == after[^(kept + 1)])
            kept++;
        kept -= kept % NumbersOfToken;
        before = before[..^kept];
        after = after[..^kept];
        return before.IsEmpty && after.IsEmpty ? [] : [new SemanticTokensEdit(start, before.Length, after.IsEmpty ? null : after.ToArray())];
    }

    private static async ValueTask<int[]> FindAsync(FeatureRequest request, Range? range, CancellationToken cancellation)
    {
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        var within = range is { } part ? request.Positions.ToSpan(snapshot.Text, part) : snapshot.Text.FullSpan;
        var found = SemanticTokensFeature.Find(snapshot, within, MaxTokens, cancellation);
        var data = new int[found.Length * NumbersOfToken];
        Position previous = default;
        for (int i = 0; i < found.Length; i++)
        {
            Range place = request.Positions.ToRange(snapshot.Text, found[i].Span);
            Span<int> token = data.AsSpan(i * NumbersOfToken, NumbersOfToken);
            token[0] = place.Start.Line - previous.Line;
            token[1] = token[0] == 0 ? place.Start.Character - previous.Character : place.Start.Character;
            token[2] = place.End.Character - place.Start.Character;
            token[4] = (int)found[i].Facts;
            previous = place.Start;
        }

        return data;
    }
}
