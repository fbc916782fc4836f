using System.Text;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Sources;

/// <summary>
/// The document that environment variables make together. Variables are taken in the order of their names by code units; of several for one
/// key the first counts; one for a part of a value that another one gives as a whole replaces that part. What cannot be used is passed over with
/// a warning that holds no value.
/// </summary>
internal sealed class VariableDocument
{
    /// <summary>The most bytes of one value in UTF-8: 64 KiB.</summary>
    public const int MaxValueBytes = 64 * 1024;

    /// <summary>The most bytes of all names and values in UTF-8: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxWarnings = 100;
    private const int MaxNameShown = 80;

    private readonly DocumentBuilder _root = new();
    private readonly Dictionary<string, string> _byPointer = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private int _bytes;

    /// <summary>Makes the document of all variables with a prefix, in any case.</summary>
    public static SourceContent Create(IEnumerable<KeyValuePair<string, string>> variables, string prefix, JsonSchema schema)
    {
        var document = new VariableDocument();
        var own = variables.Where(v => v.Key.Length > prefix.Length && v.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).ToArray();

        // Wholes before their parts, so that parts are put into them.
        var known = new List<(SchemaKey Key, string Name, string Value)>();
        foreach (var (name, value) in own.OrderBy(static v => v.Key, StringComparer.Ordinal))
        {
            if (document.Admits(name, value) && document.FindKey(schema, name, prefix) is { } key)
            {
                known.Add((key, name, value));
            }
        }

        foreach (var (key, name, value) in known.OrderBy(static v => v.Key.Segments.Length))
        {
            document.Add(key, name, value);
        }

        return document.ToContent();
    }

    private bool Admits(string name, string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        if (size > MaxValueBytes)
        {
            Warn($"The environment variable {Show(name)} is passed over: its value has more than {MaxValueBytes / 1024} KiB.");
            return false;
        }

        size += Encoding.UTF8.GetByteCount(name);
        if (_bytes + size > MaxBytes)
        {
            Warn($"The environment variable {Show(name)} is passed over: the variables of its source together have more than {MaxBytes / 1024 / 1024} MiB.");
            return false;
        }

        _bytes += size;
        return true;
    }

    private SchemaKey? FindKey(JsonSchema schema, string name, string prefix)
    {
        var key = VariableName.Find(schema, name.AsSpan(prefix.Length));
        if (key is null)
        {
            Warn($"The environment variable {Show(name)} is passed over: the settings have no key of that name. Check its spelling; `configlsp list` shows all keys.");
        }

        return key;
    }

    private void Add(SchemaKey key, string name, string value)
    {
        var pointer = string.Concat(key.Segments.Select(static s => "/" + JsonPointer.Escape(s)));
        if (_byPointer.TryGetValue(pointer, out var first))
        {
            Warn($"The environment variable {Show(name)} is passed over: {Show(first)} sets the same key. Remove one of the two.");
            return;
        }

        if (VariableValue.Parse(value, key.Types) is not { } parsed)
        {
            return;
        }

        if (!_root.TryPut(key.Segments, parsed.Root, replaces: true))
        {
            Warn($"The environment variable {Show(name)} replaces what another variable says for the same place, as a part of a larger value.");
        }

        _byPointer[pointer] = name;
        _byPointer.TryAdd("/" + JsonPointer.Escape(key.Segments[0]), name);
    }

    private SourceContent ToContent()
    {
        var text = new StringBuilder();
        _root.Write(text);
        var source = SourceText.From(text.ToString());
        return new SourceContent(JsonParser.Parse(source))
        {
            Hash = ContentHash.Of(source.Span),
            Variables = _byPointer,
            Warnings = [.. _warnings],
        };
    }

    private void Warn(string warning)
    {
        if (_warnings.Count < MaxWarnings)
        {
            _warnings.Add(warning);
        }
    }

    /// <summary>A name fit to be shown: it comes from whoever started the process.</summary>
    private static string Show(string name) =>
        new([.. name.Take(MaxNameShown).Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c), .. name.Length > MaxNameShown ? "…" : ""]);
}
