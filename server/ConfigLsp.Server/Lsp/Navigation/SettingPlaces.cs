using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Server.Lsp.Effective;

namespace ConfigLsp.Server.Lsp.Navigation;

/// <summary>Where the sources of a workspace set a key: in the text that is open in the editor, else in the file.</summary>
internal sealed class SettingPlaces(EditorBuffers buffers)
{
    /// <summary>The places in one layer, in the order of its document; none for a layer that is no file.</summary>
    public IEnumerable<SettingPlace> Find(Layer layer, SettingKey key)
    {
        if (FindText(layer) is not { } text)
            yield break;
        foreach (KeyMention mention in LayerPlace.FindMentions(layer, text.Tree, key))
            yield return new SettingPlace(text, mention);
    }

    /// <summary>The document of a layer; null for one that is no file.</summary>
    public LayerText? FindText(Layer layer)
    {
        if (layer.Content is not { FilePath: { } path } content)
            return null;
        return buffers.FindDocument(path) is { } open
            ? new LayerText(open.Uri, open.Version, open.Tree)
            : new LayerText(DocumentUri.FromFilePath(path).Text, Version: null, content.Tree);
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
