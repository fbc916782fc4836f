using System.Collections.Immutable;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Effective;

/// <summary>The documents that are open in this session's editor, by the files that they stand for.</summary>
internal sealed class EditorBuffers(SessionState state, LspClient client, IFileSystem files, TimeProvider time) : IEditorBuffers
{
    /// <summary>How long the editor may take for a change; less than what an attempt at a source may take.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    public EditorBuffer? Find(string filePath) =>
        FindDocument(filePath) is { } document ? new EditorBuffer(document.Uri, document.Version, document.Text) : null;

    /// <summary>The document that stands for a file (absolute path, links resolved); null where it is not open.</summary>
    public OpenDocument? FindDocument(string filePath) => state.Documents.All.FirstOrDefault(document => RealPathOf(document) == filePath);

    public async ValueTask<bool> ApplyAsync(EditorBuffer buffer, ImmutableArray<TextChange> changes, CancellationToken cancellationToken)
    {
        // A client that does not compare versions is not asked to change another text than the one that was looked at.
        if (!state.Features.AppliesEdits || !state.Documents.TryGet(buffer.Uri, out OpenDocument? document) || !ReferenceEquals(document.Text, buffer.Text))
            return false;
        using var timeout = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return (await client.ApplyEditAsync(ToEdit(document, changes), either.Token).ConfigureAwait(false)).Applied;
        }
        catch (Exception exception) when (exception is RpcException or RpcConnectionClosedException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The file of a document, links resolved; null where it stands for none. One that is not there yet has the path of its folder.</summary>
    public string? RealPathOf(OpenDocument document)
    {
        if (document.ParsedUri is not { IsFile: true } uri || !uri.TryGetFilePath(out string? path))
            return null;
        if (files.ResolveRealPath(path) is { IsSuccess: true, Value: var real })
            return real;
        return Path.GetDirectoryName(path) is { } folder && files.ResolveRealPath(folder) is { IsSuccess: true, Value: var realFolder }
            ? Path.Join(realFolder, Path.GetFileName(path))
            : path;
    }

    private ApplyWorkspaceEditParams ToEdit(OpenDocument document, ImmutableArray<TextChange> changes)
    {
        LspPositions positions = state.Positions;
        TextEdit[] edits = [.. changes.Select(change => new TextEdit(positions.ToRange(document.Text, change.Span), change.NewTextString))];
        return new ApplyWorkspaceEditParams("Set a setting", state.Features.VersionedEdits
            ? new WorkspaceEdit { DocumentChanges = [new TextDocumentEdit(new VersionedTextDocumentIdentifier(document.Uri, document.Version), edits)] }
            : new WorkspaceEdit { Changes = new Dictionary<string, IReadOnlyList<TextEdit>> { [document.Uri] = edits } });
    }
}
