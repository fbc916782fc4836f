using System.Collections.Immutable;
using System.Text.Json;
using ConfigLsp.Core.Features.Formatting;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;
using Range = ConfigLsp.Server.Lsp.Protocol.Range;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>Formatting of a document, of ranges of it, and while typing. Needs no schema, so that it never waits for one.</summary>
internal sealed class FormattingHandlers(FeatureRequests requests, SessionState state)
{
    private const int MaxEdits = 100_000;

    /// <summary>What completes a container or a line.</summary>
    public static DocumentOnTypeFormattingOptions OnTypeOptions { get; } = new("}", ["]", ",", "\n"]);

    public void Register(RpcHandlers handlers)
    {
        requests.On(
            handlers, "textDocument/formatting", LspJsonContext.Default.DocumentFormattingParams, LspJsonContext.Default.IReadOnlyListTextEdit,
            static parameters => parameters.TextDocument.Uri, [], (request, parameters, cancellation) => Answer(
                request, parameters.Options, options => FormattingFeature.FormatDocument(request.Document.Text, options, cancellation)));
        requests.On(
            handlers, "textDocument/rangeFormatting", LspJsonContext.Default.DocumentRangeFormattingParams, LspJsonContext.Default.IReadOnlyListTextEdit,
            static parameters => parameters.TextDocument.Uri, [], (request, parameters, cancellation) => Answer(
                request, parameters.Options, options => FormatRange(request, parameters.Range, options, cancellation)));
        requests.On(
            handlers, "textDocument/rangesFormatting", LspJsonContext.Default.DocumentRangesFormattingParams, LspJsonContext.Default.IReadOnlyListTextEdit,
            static parameters => parameters.TextDocument.Uri, [], (request, parameters, cancellation) => Answer(
                request, parameters.Options, options => FormatRanges(request, parameters.Ranges, options, cancellation)));
        requests.On(
            handlers, "textDocument/onTypeFormatting", LspJsonContext.Default.DocumentOnTypeFormattingParams, LspJsonContext.Default.IReadOnlyListTextEdit,
            static parameters => parameters.TextDocument.Uri, [], (request, parameters, cancellation) => Answer(
                request, parameters.Options, options => FormatOnType(request, parameters, options, cancellation)));
    }

    /// <summary>The options of a client and its settings.</summary>
    public static FormattingOptions ReadOptions(JsonElement options, bool keepLines, int editLimit)
    {
        FormattingOptions defaults = new();
        JsonElement tabSize = options.At("tabSize");
        JsonElement insertSpaces = options.At("insertSpaces");
        return new FormattingOptions
        {
            TabSize = tabSize.ValueKind == JsonValueKind.Number && tabSize.TryGetInt32(out int size) ? size : defaults.TabSize,
            InsertSpaces = insertSpaces.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => defaults.InsertSpaces },
            InsertFinalNewline = options.IsTrue("insertFinalNewline"),
            TrimFinalNewlines = options.IsTrue("trimFinalNewlines"),
            TrimTrailingWhitespace = options.IsTrue("trimTrailingWhitespace"),
            KeepLines = keepLines || options.IsTrue("keepLines"),
            MaxChanges = editLimit > 0 ? Math.Min(editLimit, MaxEdits) : MaxEdits,
        };
    }

    private ValueTask<IReadOnlyList<TextEdit>> Answer(
        FeatureRequest request, JsonElement options, Func<FormattingOptions, ImmutableArray<TextChange>> format)
    {
        if (!request.Settings.Format)
            return ValueTask.FromResult<IReadOnlyList<TextEdit>>([]);
        ImmutableArray<TextChange> changes = format(ReadOptions(options, request.Settings.KeepLines, state.Initialization?.FormattingEditLimit ?? 0));
        return ValueTask.FromResult(request.Positions.ToEdits(request.Document.Text, changes));
    }

    private static ImmutableArray<TextChange> FormatRange(FeatureRequest request, Range range, FormattingOptions options, CancellationToken cancellation) =>
        FormattingFeature.FormatRange(request.Document.Tree, request.Positions.ToSpan(request.Document.Text, range), options, cancellation);

    /// <summary>Ranges may share a line, and then both change the blanks there; what was changed before is left out.</summary>
    private static ImmutableArray<TextChange> FormatRanges(
        FeatureRequest request, IReadOnlyList<Range> ranges, FormattingOptions options, CancellationToken cancellation)
    {
        ImmutableArray<TextChange>.Builder changes = ImmutableArray.CreateBuilder<TextChange>();
        int end = -1;
        foreach (TextChange change in ranges.SelectMany(range => FormatRange(request, range, options, cancellation)).OrderBy(change => change.Span.Start))
        {
            if (change.Span.Start <= end)
                continue;
            changes.Add(change);
            end = change.Span.End;
        }

        return changes.ToImmutable();
    }

    private static ImmutableArray<TextChange> FormatOnType(
        FeatureRequest request, DocumentOnTypeFormattingParams parameters, FormattingOptions options, CancellationToken cancellation)
    {
        if (parameters.Ch.Length == 0)
            return [];
        int offset = request.Positions.ToOffset(request.Document.Text, parameters.Position);
        char typed = parameters.Ch[^1] == '\r' ? '\n' : parameters.Ch[^1];
        return FormattingFeature.FormatOnType(request.Document.Tree, offset, typed, options, cancellation);
    }
}
