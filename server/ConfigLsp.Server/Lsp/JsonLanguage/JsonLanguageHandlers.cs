using System.Text.Json;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Diagnostics;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Lsp.Workspace;
using ConfigLsp.Server.Rpc;
using Diagnostic = ConfigLsp.Server.Lsp.Protocol.Diagnostic;

namespace ConfigLsp.Server.Lsp.JsonLanguage;

/// <summary>The methods that VS Code's JSON language server adds to the protocol, so that a client written for it works unchanged.</summary>
internal sealed class JsonLanguageHandlers(
    SessionState state, WorkspaceSchemas workspace, DocumentAnalysis analysis, SnapshotSource snapshots)
{
    public void Register(RpcHandlers handlers)
    {
        handlers.OnNotification("json/schemaAssociations", LspJsonContext.Default.JsonElement, (associations, _) =>
        {
            workspace.Notified(associations);
            return ValueTask.CompletedTask;
        }, ParamsShape.Value);
        handlers.OnNotification("json/schemaContent", LspJsonContext.Default.JsonElement, (uris, _) =>
        {
            SchemasChanged(uris);
            return ValueTask.CompletedTask;
        }, ParamsShape.Value);
        handlers.OnConcurrentRequest(
            "json/validate", LspJsonContext.Default.String, LspJsonContext.Default.IReadOnlyListDiagnostic, Capture, ValidateAsync, ParamsShape.Value);
        handlers.OnConcurrentRequest(
            "json/validateContent", LspJsonContext.Default.ValidateContentParams, LspJsonContext.Default.IReadOnlyListDiagnostic,
            static _ => 0, (_, parameters, cancellation) => ValidateContentAsync(parameters, cancellation));
        handlers.OnConcurrentRequest(
            "json/languageStatus", LspJsonContext.Default.String, LspJsonContext.Default.LanguageStatus, Capture, StatusAsync, ParamsShape.Value);
    }

    private OpenDocument? Capture(string uri) => state.Documents.TryGet(uri, out OpenDocument? document) ? document : null;

    /// <summary>The parameter is one URI or several: schemas whose content the client knows to be different now.</summary>
    private void SchemasChanged(JsonElement uris)
    {
        IEnumerable<string> changed = uris.AsText() is { } single ? [single] : uris.Texts();
        foreach (string text in changed)
        {
            if (DocumentUri.TryParse(text, out DocumentUri? uri))
                workspace.Store.Invalidate(uri);
        }
    }

    private async ValueTask<IReadOnlyList<Diagnostic>> ValidateAsync(OpenDocument? document, string uri, CancellationToken cancellation)
    {
        if (document is null)
            return [];
        AnalysisResult result = await analysis.AnalyzeAsync(document, cancellation).ConfigureAwait(false);
        return Convert(uri, result.Text, result.Set);
    }

    private async ValueTask<IReadOnlyList<Diagnostic>> ValidateContentAsync(ValidateContentParams parameters, CancellationToken cancellation)
    {
        SyntaxTree tree = JsonParser.Parse(SourceText.FromUtf8(parameters.Content.Bytes));
        SchemaLookup lookup = await workspace.Store.GetSchemaByUriAsync(parameters.SchemaUri, cancellation).ConfigureAwait(false);
        var snapshot = new DocumentSnapshot(parameters.SchemaUri, version: 0, tree, lookup.Schema, SyntaxDialect.Json);
        ValidationOptions options = state.Settings.ToValidationOptions();
        DiagnosticSet found = DocumentValidation.Validate(snapshot, options, cancellation);
        return Convert(parameters.SchemaUri, tree.Text, SchemaLoadFindings.Add(found, lookup, tree, options.Severities));
    }

    private async ValueTask<LanguageStatus> StatusAsync(OpenDocument? document, string uri, CancellationToken cancellation)
    {
        if (document is null)
            return new LanguageStatus([]);
        PreparedSnapshot prepared = await snapshots.PrepareAsync(document, cancellation).ConfigureAwait(false);
        return new LanguageStatus(prepared.Lookup is { } lookup ? [.. lookup.Uris] : []);
    }

    private Diagnostic[] Convert(string uri, SourceText text, DiagnosticSet set) =>
        new LspDiagnosticConverter(state.Features, state.Positions).Convert(uri, text, set.Diagnostics.AsSpan());
}
