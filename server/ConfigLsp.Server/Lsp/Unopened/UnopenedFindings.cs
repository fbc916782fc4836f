using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Lsp.Diagnostics;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Lsp.Settings;
using ConfigLsp.Server.Lsp.Workspace;

namespace ConfigLsp.Server.Lsp.Unopened;

/// <summary>
/// The findings of the settings files that are not open, one file after the other. A file that has not changed, while settings and schemas have not
/// either, is not read again. A bug that one file shows leaves the others their findings.
/// </summary>
internal sealed class UnopenedFindings(
    SessionState state, SettingsReadiness readiness, DocumentAnalysis analysis, WorkspaceSchemas workspace, SettingsFileList list, IFileSystem files,
    ServerLog log, ErrorRecord errors)
{
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>The findings, in the order of the files' names; nothing where the person does not want them.</summary>
    public async IAsyncEnumerable<FileFindings> ComputeAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await readiness.WaitAsync(cancellation).ConfigureAwait(false);
        if (!state.Settings.ValidatesWorkspace)
            yield break;
        IReadOnlyList<string> paths = await Task.Run(() => list.Find(cancellation), cancellation).ConfigureAwait(false);
        foreach (string path in _known.Keys.Except(paths))
            Forget(path);
        foreach (string path in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            DocumentUri uri = DocumentUri.FromFilePath(path);
            if (state.Documents.FindText(uri) is not null)
                continue;
            if (await ComputeAsync(path, uri, cancellation).ConfigureAwait(false) is { } found)
                yield return found;
        }
    }

    private async ValueTask<FileFindings?> ComputeAsync(string path, DocumentUri uri, CancellationToken cancellation)
    {
        if (!files.GetStatus(path).TryGet(out FileStatus status, out _))
        {
            Forget(path);
            return null;
        }

        long generation = state.Generation;
        // The closing of a document ends what the schema store knows of it, so that changes of its schema would not be noticed.
        long closing = state.Closed.NumberOf(uri);
        if (_known.TryGetValue(path, out Known? known) && known.Status == status && known.Generation == generation && known.Closing == closing)
            return known.Findings;
        // A file that cannot be read has no findings; who opens it is told why.
        if (!files.ReadText(path, FileLimits.SettingsFile, cancellation).TryGet(out SourceText? text, out _))
            return null;
        var document = new OpenDocument(uri.Text, string.Empty, version: 0, stamp: 0, text);
        FileFindings? findings = null;
        try
        {
            AnalysisResult result = await analysis.AnalyzeAsync(document, cancellation).ConfigureAwait(false);
            Diagnostic[] items = new LspDiagnosticConverter(state.Features, state.Positions).Convert(uri.Text, result.Text, result.Set.Diagnostics.AsSpan());
            findings = new FileFindings(uri, IdOf(items), items);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.Failure("The findings of a settings file that is not open could not be computed.", exception);
            errors.Add($"The findings of a settings file that is not open could not be computed ({exception.GetType().Name}).");
        }

        _known[path] = new Known(status, generation, closing, findings);
        return findings;
    }

    private void Forget(string path)
    {
        DocumentUri uri = DocumentUri.FromFilePath(path);
        if (_known.TryRemove(path, out _) && state.Documents.FindText(uri) is null)
            workspace.Forget(uri.Text);
    }

    /// <summary>Two sets with the same findings have the same name, so that a change elsewhere sends nothing twice.</summary>
    private static string IdOf(Diagnostic[] items) =>
        "file." + Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(items, LspJsonContext.Default.IReadOnlyListDiagnostic)).AsSpan(0, 12));

    /// <param name="Status">The file that was read.</param>
    /// <param name="Generation">That of settings and schemas.</param>
    /// <param name="Closing">The last closing of the document.</param>
    /// <param name="Findings">Null where they could not be computed.</param>
    private sealed record Known(FileStatus Status, long Generation, long Closing, FileFindings? Findings);
}

/// <summary>What was found in one file.</summary>
/// <param name="Uri">The file.</param>
/// <param name="ResultId">The same for the same findings.</param>
/// <param name="Items">The findings.</param>
internal sealed record FileFindings(DocumentUri Uri, string ResultId, IReadOnlyList<Diagnostic> Items);
