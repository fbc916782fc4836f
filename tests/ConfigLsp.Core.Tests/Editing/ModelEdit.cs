using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ConfigLsp.Core.Editing;

namespace ConfigLsp.Core.Tests.Editing;

/// <summary>What an edit must do, said in terms of the model: the oracle of the properties. It knows nothing of texts or syntax trees.</summary>
internal sealed class ModelEdit
{
    private ModelEdit(DocumentModel document)
    {
        Document = document;
    }

    public DocumentModel Document { get; }

    /// <summary>The refusal that must come, if the document is sound.</summary>
    public EditRefusal? Refusal { get; private set; }

    public bool IsChange { get; private set; }

    /// <summary>Whether the place of the edit, or what stands right beside it, is broken, so that a refusal is right too.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>How much of the text may change: from the end of what stands before, to the start of what stands behind; null for anything.</summary>
    public (int Start, int End)? Region { get; private set; }

    /// <summary>The container in which the edit happened.</summary>
    public ModelValue? Container { get; private set; }

    /// <summary>The item that came in, if one did.</summary>
    public ModelItem? Added { get; private set; }

    /// <summary>Changes the model, unless the edit is refused.</summary>
    public static ModelEdit Apply(DocumentModel document, SettingsEdit edit)
    {
        var result = new ModelEdit(document);
        switch (edit)
        {
            case SettingsEdit.Set set:
                result.Set(set.Path, Encoding.UTF8.GetString(set.Json.Span));
                break;
            case SettingsEdit.Insert insert:
                result.Insert(insert.Path, insert.Index, Encoding.UTF8.GetString(insert.Json.Span));
                break;
            default:
                result.Unset(edit.Path);
                break;
        }

        return result;
    }

    private static ModelValue Parse(ImmutableArray<PathSegment> wrappers, string json)
    {
        for (var i = wrappers.Length - 1; i >= 0; i--)
        {
            json = $"{{\"{wrappers[i].Key}\":{json}}}";
        }

        using var document = JsonDocument.Parse(json);
        return ModelValue.From(document.RootElement);
    }

    private void Set(ImmutableArray<PathSegment> path, string json)
    {
        if (Document.Root is null)
        {
            Refusal = path.Any(static segment => segment.IsIndex) ? EditRefusal.NotFound : null;
            if (Refusal is null)
            {
                Document.Root = Parse(path, json);
                IsChange = true;
            }

            return;
        }

        var depth = Walk(path, out var value, out var item);
        if (depth == path.Length)
        {
            IsBroken |= value.IsContainer && HasBreak(value);
            if (value.MeansTheSameAs(Parse([], json)))
            {
                return;
            }

            IsChange = true;
            Region = (value.Start, value.End);
            if (item is null)
            {
                Document.Root = Parse([], json);
            }
            else
            {
                item.Value = Parse([], json);
            }

            return;
        }

        var segment = path[depth];
        Refusal = segment.IsIndex
            ? value.Lexeme == "[" ? EditRefusal.NotFound : EditRefusal.NotAnArray
            : !value.IsObject ? EditRefusal.NotAnObject
            : path[depth..].Any(static rest => rest.IsIndex) ? EditRefusal.NotFound
            : null;
        if (Refusal is null)
        {
            Add(value, value.Items.Count, new ModelItem { Name = segment.Key, NameLexeme = $"\"{segment.Key}\"", Value = Parse(path[(depth + 1)..], json) });
        }
    }

    private void Insert(ImmutableArray<PathSegment> path, int? index, string json)
    {
        if (Document.Root is null)
        {
            Refusal = EditRefusal.NotFound;
            return;
        }

        var depth = Walk(path, out var value, out _);
        if (depth < path.Length)
        {
            var holds = path[depth].IsIndex ? value.Lexeme == "[" : value.IsObject;
            Refusal = holds ? EditRefusal.NotFound : path[depth].IsIndex ? EditRefusal.NotAnArray : EditRefusal.NotAnObject;
            return;
        }

        Refusal = value.Lexeme != "[" ? EditRefusal.NotAnArray : index > value.Items.Count ? EditRefusal.NotFound : null;
        if (Refusal is null)
        {
            Add(value, index ?? value.Items.Count, new ModelItem { Value = Parse([], json) });
        }
    }

    private void Unset(ImmutableArray<PathSegment> path)
    {
        if (path.IsEmpty)
        {
            Refusal = EditRefusal.InvalidPath;
            return;
        }

        if (Document.Root is null)
        {
            Refusal = path.Any(static segment => segment.IsIndex) ? EditRefusal.NotFound : null;
            return;
        }

        var depth = Walk(path, out var value, out var item);
        if (depth < path.Length)
        {
            var holds = path[depth].IsIndex ? value.Lexeme == "[" : value.IsObject;
            Refusal = depth == 0 && !holds ? path[0].IsIndex ? EditRefusal.NotAnArray : EditRefusal.NotAnObject
                : path[depth..].Any(static segment => segment.IsIndex) ? EditRefusal.NotFound
                : null;
            return;
        }

        Remove(Container!, path[^1].IsIndex ? [item!] : [.. Container!.Items.Where(other => other.Name == item!.Name)]);
    }

    /// <summary>Follows the path as far as it goes; the last of properties of one name counts.</summary>
    private int Walk(ImmutableArray<PathSegment> path, out ModelValue value, out ModelItem? item)
    {
        (value, item) = (Document.Root!, null);
        for (var depth = 0; depth < path.Length; depth++)
        {
            var segment = path[depth];
            var found = segment.IsIndex
                ? value.Lexeme == "[" && segment.Index < value.Items.Count ? value.Items[segment.Index] : null
                : value.IsObject ? value.Items.LastOrDefault(other => other.Name == segment.Key) : null;
            if (found is null)
            {
                return depth;
            }

            Container = value;
            item = found;
            value = found.Value;
            var at = Container.Items.IndexOf(found);
            IsBroken |= found.Break != Break.None || (at > 0 && Container.Items[at - 1].HurtsNeighbours);
        }

        return path.Length;
    }

    private void Add(ModelValue container, int index, ModelItem item)
    {
        IsChange = true;
        Container = container;
        Added = item;
        Region = Between(container, index - 1, index);
        IsBroken |= (index > 0 && container.Items[index - 1].HurtsNeighbours) || (index < container.Items.Count && container.Items[index].HurtsNeighbours);
        if (container.Items.Count == 0)
        {
            item.Loose = container.Dangling;
            container.Dangling = [];
        }
        else if (index == 0)
        {
            item.Loose = container.Items[0].Loose;
            container.Items[0].Loose = [];
        }

        container.Items.Insert(index, item);
    }

    private void Remove(ModelValue container, List<ModelItem> items)
    {
        IsChange = true;
        Region = Between(container, container.Items.IndexOf(items[0]) - 1, container.Items.IndexOf(items[^1]) + 1);
        foreach (var item in items)
        {
            var index = container.Items.IndexOf(item);
            IsBroken |= item.Break != Break.None
                || (item.Value.IsContainer && HasBreak(item.Value))
                || (index > 0 && container.Items[index - 1].HurtsNeighbours)
                || (index + 1 < container.Items.Count && container.Items[index + 1].HurtsNeighbours);
            container.Items.RemoveAt(index);
            if (index < container.Items.Count)
            {
                container.Items[index].Loose = [.. item.Loose, .. container.Items[index].Loose];
            }
            else
            {
                container.Dangling = [.. item.Loose, .. container.Dangling];
            }
        }
    }

    private static (int Start, int End) Between(ModelValue container, int before, int behind) =>
        (before < 0 ? container.Start + 1 : container.Items[before].End, behind == container.Items.Count ? container.End - 1 : container.Items[behind].Start);

    private static bool HasBreak(ModelValue value) => value.Items.Exists(static item => item.Break != Break.None || HasBreak(item.Value));
}
