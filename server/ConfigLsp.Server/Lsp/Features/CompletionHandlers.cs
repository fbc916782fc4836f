using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Completion;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;
using CompletionList = ConfigLsp.Server.Lsp.Protocol.CompletionList;
using CoreList = ConfigLsp.Core.Features.Completion.CompletionList;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>Completion, and the documentation of one item when the person looks at it.</summary>
internal sealed class CompletionHandlers(FeatureRequests requests, FolderListing folders, Func<ImmutableArray<KnownSchema>> schemas)
{
    private readonly CompletionMemory _memory = new();

    /// <summary>What a person types before a key, a value or the next part of a path may follow.</summary>
    public static IReadOnlyList<string> Triggers { get; } = ["\"", ":", " ", "/"];

    public void Register(RpcHandlers handlers)
    {
        requests.On(
            handlers, "textDocument/completion", LspJsonContext.Default.TextDocumentPositionParams, LspJsonContext.Default.CompletionList,
            static parameters => parameters.TextDocument.Uri, new CompletionList(IsIncomplete: false, []), CompleteAsync);
        handlers.OnRequest("completionItem/resolve", LspJsonContext.Default.JsonObject, LspJsonContext.Default.JsonObject, Resolve);
    }

    private async ValueTask<CompletionList> CompleteAsync(FeatureRequest request, TextDocumentPositionParams parameters, CancellationToken cancellation)
    {
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        int offset = request.Positions.ToOffset(snapshot.Text, parameters.Position);
        var context = new CompletionContext { Schemas = schemas() };
        if (request.Document.ParsedUri is { } uri && CompletionFeature.FindPathFolder(snapshot, offset, cancellation) is { } folder)
        {
            ImmutableArray<PathEntry> entries = folders.List(uri, folder, cancellation);
            context = context with { PathEntries = entries, HasMorePathEntries = entries.Length == FolderListing.MaxEntries };
        }

        CoreList list = CompletionFeature.Complete(snapshot, offset, context, cancellation);
        long? number = request.Client.CompletionResolvesDocumentation ? _memory.Keep(list.Items) : null;
        return new CompletionConverter(request.Client, request.Positions, snapshot.Text).Convert(list, number);
    }

    /// <summary>An item of a list that is no longer known is given back as it came.</summary>
    private ValueTask<JsonObject> Resolve(JsonObject item, CancellationToken cancellation)
    {
        if (item["data"] is JsonObject data
            && data["list"] is JsonValue list && list.TryGetValue(out long number)
            && data["item"] is JsonValue place && place.TryGetValue(out int index)
            && _memory.Find(number, index) is { Documentation: { } documentation })
        {
            MarkupContent markup = Markup.For(requests.Client.CompletionMarkdown, documentation);
            item["documentation"] = new JsonObject { ["kind"] = markup.Kind, ["value"] = markup.Value };
        }

        return ValueTask.FromResult(item);
    }
}
