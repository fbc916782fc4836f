using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Core.Features.Symbols;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Features;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Lsp.Workspace;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Unopened;

/// <summary>Answers <c>workspace/symbol</c>: the keys of all settings files of the workspace, open or not, that fit what was typed.</summary>
internal sealed class WorkspaceSymbolHandlers(SessionState state, WorkspaceSchemas workspace, SettingsFileList list, IFileSystem files)
{
    /// <summary>The most symbols of one answer: nobody reads on, and the client asks again with every further letter.</summary>
    private const int MaxResults = 500;

    /// <summary>The most keys of one file.</summary>
    private const int MaxKeys = 5000;

    /// <summary>The most keys that are kept of all files; those of the rest are looked for each time.</summary>
    private const int MaxKept = 200_000;

    private readonly ConcurrentDictionary<string, FileKeys> _kept = new(StringComparer.Ordinal);

    public void Register(RpcHandlers handlers) => handlers.OnConcurrentRequest(
        "workspace/symbol",
        LspJsonContext.Default.WorkspaceSymbolParams,
        LspJsonContext.Default.IReadOnlyListWorkspaceSymbol,
        _ => state.Documents.All,
        (open, parameters, cancellation) => ValueTask.FromResult<IReadOnlyList<WorkspaceSymbol>>(Find(open, parameters.Query, cancellation)));

    private List<WorkspaceSymbol> Find(IReadOnlyCollection<OpenDocument> open, string query, CancellationToken cancellation)
    {
        int limit = Math.Min(MaxResults, state.Settings.ResultLimit);
        var best = new PriorityQueue<(int Order, FileKeys File, KeySymbol Symbol), (int Score, int Order)>();
        int order = 0;
        foreach (FileKeys file in Files(open, cancellation))
        {
            foreach (KeySymbol symbol in file.Keys)
            {
                if (KeySymbols.Match(symbol.Key, query) is not { } score)
                    continue;
                // The worst of those that are kept is at the head; of equal ones the first stays.
                best.Enqueue((order, file, symbol), (score, -order));
                order++;
                if (best.Count > limit)
                    best.Dequeue();
            }
        }

        var found = new List<WorkspaceSymbol>(best.Count);
        while (best.TryDequeue(out (int Order, FileKeys File, KeySymbol Symbol) next, out _))
        {
            var location = new Location(next.File.Uri, state.Positions.ToRange(next.File.Text, next.Symbol.Span));
            found.Add(new WorkspaceSymbol(next.Symbol.Key, SymbolConverter.Kind(next.Symbol.Kind), location, next.File.Name));
        }

        found.Reverse();
        return found;
    }

    private IEnumerable<FileKeys> Files(IReadOnlyCollection<OpenDocument> open, CancellationToken cancellation)
    {
        IReadOnlyList<string> paths = list.Find(cancellation);
        foreach (string path in _kept.Keys.Except(paths))
            _kept.TryRemove(path, out _);
        int kept = 0;
        foreach (string path in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            DocumentUri uri = DocumentUri.FromFilePath(path);
            if (Read(path, uri, open.FirstOrDefault(document => uri.Equals(document.ParsedUri)), cancellation) is not { } file)
                continue;
            kept += file.Keys.Length;
            if (kept <= MaxKept)
                _kept[path] = file;
            yield return file;
        }
    }

    private FileKeys? Read(string path, DocumentUri uri, OpenDocument? document, CancellationToken cancellation)
    {
        _kept.TryGetValue(path, out FileKeys? known);
        if (document is not null)
        {
            return ReferenceEquals(known?.Text, document.Text)
                ? known
                : new FileKeys(document.Uri, NameOf(uri), Status: null, document.Text, KeySymbols.List(document.Tree, MaxKeys, cancellation));
        }

        if (!files.GetStatus(path).TryGet(out FileStatus status, out _))
            return null;
        if (known is not null && known.Status == status)
            return known;
        return files.ReadText(path, FileLimits.SettingsFile, cancellation).TryGet(out SourceText? text, out _)
            ? new FileKeys(uri.Text, NameOf(uri), status, text, KeySymbols.List(JsonParser.Parse(text), MaxKeys, cancellation))
            : null;
    }

    private string NameOf(DocumentUri uri) =>
        workspace.Store.Associations.FindFolder(uri) is { } folder && folder.Uri.TryGetRelativePath(uri, out string? relative) ? relative : uri.Name;

    /// <summary>The keys of one file as it was.</summary>
    /// <param name="Uri">The file, as the client spells it where it is open.</param>
    /// <param name="Name">What a person calls it.</param>
    /// <param name="Status">Of which state on the disk; null for the text in the editor.</param>
    /// <param name="Text">Its text.</param>
    /// <param name="Keys">The keys.</param>
    private sealed record FileKeys(string Uri, string Name, FileStatus? Status, SourceText Text, ImmutableArray<KeySymbol> Keys);
}
