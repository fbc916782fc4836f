using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Features.Rename;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Effective;
using ConfigLsp.Server.Lsp.Features;

namespace ConfigLsp.Server.Lsp.Navigation;

/// <summary>The renaming of one setting in all sources that set it.</summary>
/// <param name="Source">The document in which the person renames it.</param>
/// <param name="Key">The setting; its last segment gets the new name.</param>
/// <param name="Mention">The place under the caret.</param>
/// <param name="Places">Finds the other places.</param>
internal sealed record SettingRename(SourceDocument Source, SettingKey Key, KeyMention Mention, SettingPlaces Places)
{
    /// <summary>
    /// The setting that a property names; in the dotted name of a section the segment under the caret. Null where it is none, so that the renaming stays in
    /// the document: within an array, or of another section.
    /// </summary>
    public static SettingRename? Find(SourceDocument source, SyntaxNode property, int offset, SettingPlaces places)
    {
        for (SyntaxNode node = property.Parent; !node.IsNone; node = node.Parent)
        {
            if (node.Kind == SyntaxKind.Array)
                return null;
        }

        if (LayerPlace.FindKey(source.Layer, property.Value) is not { IsRoot: false } key)
            return null;
        SettingRename? found = null;
        for (; !key.IsRoot; key = key.Parent)
        {
            foreach (KeyMention mention in LayerPlace.FindMentions(source.Layer, property.Tree, key))
            {
                if (mention.Property == property && (found is null || mention.Name.Touches(offset)))
                    found = new SettingRename(source, key, mention, places);
            }
        }

        if (found is not null && offset < found.Mention.Name.Start && found.Mention.Name != property.ContentSpan)
            throw RenameHandlers.Refusal("This part of the name is the section of the settings, which configlsp.json names.");
        return found;
    }

    /// <summary>The changes of each document, by place.</summary>
    /// <exception cref="Rpc.RpcException">It cannot be done; the message says why.</exception>
    public IReadOnlyList<(LayerText Text, IReadOnlyList<TextChange> Changes)> Plan(string newName)
    {
        if (newName == Key.Segments[^1])
            return [];
        SettingKey renamed = CheckName(newName);
        var texts = new List<(LayerText Text, IReadOnlyList<TextChange> Changes)>();
        foreach (Layer layer in Source.View.Layers.Where(layer => layer.Type != SourceType.Defaults))
        {
            if (Places.FindText(layer) is not { } text)
            {
                if (layer is { State: LayerState.Failed, Type: SourceType.File or SourceType.VsCode })
                    throw RenameHandlers.Refusal($"The source '{layer.Name}' cannot be read, so that nobody knows whether it sets '{Key}' too. Mend it first.");
                if (layer.Written.Find(Key.Segments) is not null)
                    throw RenameHandlers.Refusal($"The source '{layer.Name}' sets '{Key}' too and cannot be changed from here. Rename it there first.");
                continue;
            }

            if (!LayerPlace.FindMentions(layer, text.Tree, renamed).IsEmpty)
                throw RenameHandlers.Refusal($"The source '{layer.Name}' sets '{renamed}' already. Remove it there, or choose another name.");
            TextChange[] changes = [.. LayerPlace.FindMentions(layer, text.Tree, Key).Select(mention => Change(layer, mention, newName))];
            // One file may be several sources.
            if (changes.Length > 0 && texts.TrueForAll(known => known.Text.Uri != text.Uri))
                texts.Add((text, changes));
        }

        return texts;
    }

    private SettingKey CheckName(string newName)
    {
        if (!SettingKey.TryCreate([.. Key.Parent.Segments, newName], out SettingKey? renamed, out string? refusal))
            throw RenameHandlers.Refusal(refusal);
        if (Source.View.Schema is { } schema
            && SchemaKeys.Find(schema, renamed.Segments).State == KeyState.Closed
            && SchemaKeys.Find(schema, Key.Segments).State != KeyState.Closed)
        {
            throw RenameHandlers.Refusal($"The schema does not permit a setting '{renamed}', so that no source may set it.");
        }

        return renamed;
    }

    private static TextChange Change(Layer layer, KeyMention mention, string newName)
    {
        if (mention.Property.IsUnterminated)
            throw RenameHandlers.Refusal($"The source '{layer.Name}' has a key without its closing quote. Mend that first.");
        // A dot would part the name where the file's own names are parted by dots.
        if (layer.Section is not null && mention.Name != mention.Property.ContentSpan && newName.Contains('.', StringComparison.Ordinal))
            throw RenameHandlers.Refusal($"In the source '{layer.Name}' a dot parts a key, so that the new name must not hold one.");
        return RenameFeature.Replace(mention.Property, mention.Name, mention.Prefix + newName + mention.Suffix);
    }
}
