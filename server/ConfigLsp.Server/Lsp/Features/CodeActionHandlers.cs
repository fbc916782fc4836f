using System.Collections.Immutable;
using System.Text.Json;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.CodeActions;
using ConfigLsp.Core.Features.Sorting;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Diagnostics;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;
using CodeAction = ConfigLsp.Server.Lsp.Protocol.CodeAction;
using CoreAction = ConfigLsp.Core.Features.CodeActions.CodeAction;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>
/// Quick fixes, and changes of the whole document. Findings are looked up by their place, whatever the client sends along. What takes more than
/// writing a few words is made only when the client asks for it, if it can.
/// </summary>
internal sealed class CodeActionHandlers(FeatureRequests requests, RecentFindings findings)
{
    private const int MaxDirectChanges = 100;

    private const string FixAllTitle = "Fix everything that can be fixed safely";

    private const string SortTitle = "Sort all keys by name";

    public void Register(RpcHandlers handlers)
    {
        requests.On(
            handlers, "textDocument/codeAction", LspJsonContext.Default.CodeActionParams, LspJsonContext.Default.IReadOnlyListCodeAction,
            static parameters => parameters.TextDocument.Uri, [], FindAsync);
        requests.On(
            handlers, "codeAction/resolve", LspJsonContext.Default.CodeActionToResolve, LspJsonContext.Default.CodeAction!,
            static parameters => parameters.Data.Uri, empty: null, ResolveAsync);
    }

    private async ValueTask<IReadOnlyList<CodeAction>> FindAsync(FeatureRequest request, CodeActionParams parameters, CancellationToken cancellation)
    {
        // A client that knows commands only gets none, and never a change that it did not ask for.
        if (!request.Client.CodeActionLiterals)
            return [];
        JsonElement kinds = parameters.Context.At("only");
        string[]? only = kinds.ValueKind == JsonValueKind.Array ? [.. kinds.Texts()] : null;
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        ImmutableArray<Core.Diagnostics.Diagnostic> found = request.Settings.IsValidating ? Find(request, snapshot, cancellation) : [];
        var converter = new CodeActionConverter(request);
        var answer = new List<CodeAction>();
        if (!found.IsEmpty)
        {
            int start = request.Positions.ToOffset(snapshot.Text, parameters.Range.Start);
            int end = request.Positions.ToOffset(snapshot.Text, parameters.Range.End);
            foreach (CoreAction action in At(snapshot, found, start, end, only, cancellation))
            {
                bool isSmall = action.Edit is ActionEdit.Direct { Changes.Length: <= MaxDirectChanges };
                ImmutableArray<TextChange>? changes = isSmall || !request.Client.CodeActionResolve ? CodeActionFeature.Resolve(snapshot, action.Edit) : null;
                if (changes is not { IsEmpty: true })
                    answer.Add(converter.Convert(action, parameters.Range, changes));
            }
        }

        if (!found.IsEmpty && CodeActionKinds.IsWanted(CodeActionKinds.FixAll, only))
            AddWhole(FixAllTitle, CodeActionKinds.FixAll);
        if (CodeActionKinds.IsWanted(CodeActionKinds.Sort, only) && SortingFeature.IsUseful(snapshot, cancellation))
            AddWhole(SortTitle, CodeActionKinds.Sort);
        return answer;

        void AddWhole(string title, string kind)
        {
            ImmutableArray<TextChange>? changes = request.Client.CodeActionResolve ? null : ChangeWhole(kind, request, snapshot, cancellation);
            if (changes is not { IsEmpty: true })
                answer.Add(converter.Whole(title, kind, parameters.Range, changes));
        }
    }

    private async ValueTask<CodeAction?> ResolveAsync(FeatureRequest request, CodeActionToResolve asked, CancellationToken cancellation)
    {
        if (asked.Data.Version != request.Document.Version)
            throw new RpcException(RpcErrorCodes.ContentModified, "The document has changed since the action was offered.");
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        var converter = new CodeActionConverter(request);
        if (asked.Kind is CodeActionKinds.FixAll or CodeActionKinds.Sort)
            return converter.Whole(asked.Title, asked.Kind, asked.Data.Range, ChangeWhole(asked.Kind, request, snapshot, cancellation));

        ImmutableArray<Core.Diagnostics.Diagnostic> found = Find(request, snapshot, cancellation);
        int start = request.Positions.ToOffset(snapshot.Text, asked.Data.Range.Start);
        int end = request.Positions.ToOffset(snapshot.Text, asked.Data.Range.End);
        IEnumerable<CoreAction> actions = asked.Kind == CodeActionKinds.Rewrite
            ? At(snapshot, found, start, end, [asked.Kind], cancellation)
            : CodeActionFeature.QuickFixesOf(
                snapshot, found, found.Where(finding => finding.Descriptor.Id == asked.Data.Rule && finding.Span.Start == start && finding.Span.End == end), cancellation);
        CoreAction action = actions.FirstOrDefault(action => action.Title == asked.Title)
            ?? throw new RpcException(RpcErrorCodes.InvalidParams, "There is no such action in this version of the document.");
        ImmutableArray<TextChange> changes = CodeActionFeature.Resolve(snapshot, action.Edit);
        return changes.IsEmpty
            ? throw new RpcException(RpcErrorCodes.RequestFailed, "The text around this place is broken, so that this cannot be done without harm. Mend its syntax errors first.")
            : converter.Convert(action, asked.Data.Range, changes);
    }

    private ImmutableArray<Core.Diagnostics.Diagnostic> Find(FeatureRequest request, DocumentSnapshot snapshot, CancellationToken cancellation) =>
        findings.Find(request.Document, snapshot, request.Settings, cancellation).Diagnostics;

    private static IEnumerable<CoreAction> At(
        DocumentSnapshot snapshot, ImmutableArray<Core.Diagnostics.Diagnostic> found, int start, int end, IReadOnlyList<string>? only, CancellationToken cancellation)
    {
        var span = TextSpan.FromBounds(Math.Min(start, end), Math.Max(start, end));
        IEnumerable<CoreAction> fixes = CodeActionKinds.IsWanted(CodeActionKinds.QuickFix, only) ? CodeActionFeature.QuickFixesAt(snapshot, found, span, cancellation) : [];
        return CodeActionKinds.IsWanted(CodeActionKinds.Rewrite, only) ? fixes.Concat(CodeActionFeature.RewritesAt(snapshot, found, span, cancellation)) : fixes;
    }

    private static ImmutableArray<TextChange> ChangeWhole(string kind, FeatureRequest request, DocumentSnapshot snapshot, CancellationToken cancellation) =>
        kind == CodeActionKinds.Sort
            ? SortingFeature.Sort(snapshot, cancellation)
            : new FixAll(request.Settings.ToValidationOptions(), JsonParser.Parse).Fix(snapshot, cancellation);
}
