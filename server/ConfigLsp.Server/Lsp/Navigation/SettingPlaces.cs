using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Effective;

namespace ConfigLsp.Server.Lsp.Navigation;

/// <summary>
/// Where the sources of a workspace set a key: in the text that is open in the editor, else in the file as it is now. The view may have been made of an
/// older text, since it keeps what could last be read without errors, and a change of a file reaches it a little later.
/// </summary>
internal sealed class SettingPlaces(EditorBuffers buffers, IFileSystem files)
{
    /// <summary>The places in one layer, in the order of its document; none for a layer that is no file.</summary>
    public IEnumerable<SettingPlace> Find(Layer layer, SettingKey key)
    {
        if (FindText(layer) is not { } text)
            yield break;
        foreach (KeyMention mention in LayerPlace.FindMentions(layer, text.Tree, key))
            yield return new SettingPlace(text, mention);
    }

    /// <summary>The document of a layer; null for one that is no file, or whose file cannot be read.</summary>
    public LayerText? FindText(Layer layer)
    {
        if (layer.Content is not { FilePath: { } path } content)
            return null;
        if (buffers.FindDocument(path) is { } open)
            return new LayerText(open.Uri, open.Version, open.Tree);
        if (!files.ReadText(path, FileLimits.SettingsFile, CancellationToken.None).TryGet(out SourceText? text, out _))
            return null;
        SyntaxTree tree = text.Span.SequenceEqual(content.Tree.Text.Span) ? content.Tree : JsonParser.Parse(text);
        return new LayerText(DocumentUri.FromFilePath(path).Text, Version: null, tree);
    }
}

/// <summary>The document of a layer.</summary>
/// <param name="Uri">As the client spells it, where it has it open.</param>
/// <param name="Version">The client's number; null where it is not open.</param>
/// <param name="Tree">Its text.</param>
internal sealed record LayerText(string Uri, int? Version, SyntaxTree Tree);

/// <summary>A place that names a key.</summary>
/// <param name="Text">The document.</param>
/// <param name="Mention">The place in it.</param>
internal readonly record struct SettingPlace(LayerText Text, KeyMention Mention);
