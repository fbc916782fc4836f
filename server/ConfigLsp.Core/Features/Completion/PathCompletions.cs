using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>Names of files and folders, where the schema says by <c>format</c> that a text is a path.</summary>
internal static class PathCompletions
{
    public static bool IsPathFormat(string? format) => format is "safe-path" or "path" or "file-path" or "directory-path";

    /// <summary>What was typed of the path before the caret.</summary>
    public static string Typed(SourceText text, CompletionPlace place, int offset)
    {
        var typed = text.ToString(TextSpan.FromBounds(place.ReplaceSpan.Start, Math.Clamp(offset, place.ReplaceSpan.Start, place.ReplaceSpan.End)));
        return typed.TrimStart('"', '\'').Replace(@"\\", "/", StringComparison.Ordinal).Replace(@"\/", "/", StringComparison.Ordinal);
    }

    /// <summary>The part up to the last slash, with it.</summary>
    public static string FolderOf(string typed) => typed[..(typed.LastIndexOf('/') + 1)];

    public static void Add(SourceText text, CompletionPlace place, CompletionContext context, CompletionItems items)
    {
        var folder = FolderOf(Typed(text, place, place.ReplaceSpan.Start + items.TypedLength));
        foreach (var entry in context.PathEntries.OrderByDescending(static entry => entry.IsFolder).ThenBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            var name = entry.IsFolder ? entry.Name + "/" : entry.Name;
            var json = JsonText.Quote(folder + name);
            var snippet = entry.IsFolder ? ValueTemplate.Escape(json[..^1]) + "$1\"" : null;
            items.Add(items.Create(name, json, snippet, entry.IsFolder ? CompletionItemKind.Folder : CompletionItemKind.File) with
            {
                FilterText = items.FilterText(json),
                TriggersSuggest = entry.IsFolder,
            });
        }

        if (context.HasMorePathEntries)
        {
            items.Cut();
        }
    }
}
