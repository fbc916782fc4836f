using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>An object with all keys that its schema requires, each with the empty form of its value.</summary>
internal sealed class ObjectSkeleton
{
    private const int MaxVariants = 20;
    private const int MaxKeys = 100;
    private const int MaxNesting = 16;

    private readonly List<(string Name, SchemaNode? Schema)> _keys;

    private ObjectSkeleton(List<(string Name, SchemaNode? Schema)> keys) => _keys = keys;

    /// <summary>The required keys in the order of the schema.</summary>
    public ImmutableArray<string> Names => [.. _keys.Select(static key => key.Name)];

    /// <summary>The object in short: the keys, and the values that tell variants apart.</summary>
    public string Label => SchemaDocumentation.Cut("{ " + string.Join(", ", _keys.Select(static key => ConstantOf(key.Schema) is { } constant ? $"{key.Name}: {constant}" : key.Name)) + " }");

    /// <summary>One skeleton where the schemas decide what is required, else one per variant; none where nothing is required.</summary>
    /// <param name="schemas">The schemas of the object.</param>
    /// <param name="present">Keys that are there already.</param>
    public static IEnumerable<ObjectSkeleton> Variants(IReadOnlyList<SchemaNode> schemas, IReadOnlySet<string> present)
    {
        var known = new HashSet<SchemaNode>();
        var certain = new List<SchemaNode>();
        var choice = ImmutableArray<SchemaNode>.Empty;
        if (schemas.Count > 0)
        {
            Collect(schemas[0], certain, known, ref choice, 0);
        }

        // A branch that is ruled out by what the object holds does not apply, and then it is not among the schemas.
        var branches = choice.Where(branch => schemas.Count == 1 || schemas.Contains(branch)).Take(MaxVariants).ToArray();
        foreach (var branch in branches.Length == 0 ? [null] : branches.Cast<SchemaNode?>())
        {
            var all = new List<SchemaNode>(certain);
            var ignored = ImmutableArray<SchemaNode>.Empty;
            if (branch is not null)
            {
                Collect(branch, all, [.. known], ref ignored, 0);
            }

            var keys = RequiredOf(all, present);
            if (keys.Count > 0)
            {
                yield return new ObjectSkeleton(keys);
            }
        }
    }

    /// <summary>The keys with their values, one a line.</summary>
    /// <param name="withBraces">Whether the object itself is written too.</param>
    public (string Text, string Snippet) Write(bool withBraces)
    {
        var text = new StringBuilder();
        var snippet = new StringBuilder();
        var indent = withBraces ? "\t" : "";
        for (var i = 0; i < _keys.Count; i++)
        {
            var separator = i > 0 ? ",\n" + indent : withBraces ? "{\n" + indent : "";
            var key = JsonText.Quote(_keys[i].Name);
            var value = ValueTemplate.Of(_keys[i].Schema);
            if (value.Text.Length == 0)
            {
                value = new ValueTemplate("null", "${1:null}");
            }

            text.Append(separator).Append(key).Append(": ").Append(value.Text);
            snippet.Append(separator).Append(ValueTemplate.Escape(key)).Append(": ").Append(Renumber(value.Snippet, i + 1));
        }

        return withBraces ? (text + "\n}", snippet + "\n}") : (text.ToString(), snippet.ToString());
    }

    private static void Collect(SchemaNode schema, List<SchemaNode> certain, HashSet<SchemaNode> known, ref ImmutableArray<SchemaNode> choice, int nesting)
    {
        if (nesting > MaxNesting || !known.Add(schema))
        {
            return;
        }

        certain.Add(schema);
        if (schema.Reference is { } reference)
        {
            Collect(reference, certain, known, ref choice, nesting + 1);
        }

        foreach (var part in schema.AllOf)
        {
            Collect(part, certain, known, ref choice, nesting + 1);
        }

        if (choice.IsEmpty)
        {
            choice = schema.OneOf.IsEmpty ? schema.AnyOf : schema.OneOf;
        }
    }

    private static List<(string Name, SchemaNode? Schema)> RequiredOf(List<SchemaNode> schemas, IReadOnlySet<string> present)
    {
        var required = new HashSet<string>(StringComparer.Ordinal);
        var keys = new List<(string Name, SchemaNode? Schema)>();
        foreach (var property in schemas.SelectMany(static schema => schema.Properties))
        {
            if (property.IsRequired && !present.Contains(property.Name) && keys.Count < MaxKeys && required.Add(property.Name))
            {
                // One schema may require what another describes; the narrowest description, that of the branch, comes last.
                var described = schemas.SelectMany(static schema => schema.Properties).LastOrDefault(other => other.Schema is not null && string.Equals(other.Name, property.Name, StringComparison.Ordinal));
                keys.Add((property.Name, described.Schema));
            }
        }

        return keys;
    }

    private static string? ConstantOf(SchemaNode? schema) => schema is { Annotations: { Const.IsNone: false } annotations } ? SchemaDocumentation.Shorten(annotations.Const) : null;

    /// <summary>A template has at most one tab stop, with the number 1.</summary>
    private static string Renumber(string snippet, int number)
    {
        for (var i = 0; i + 1 < snippet.Length; i++)
        {
            if (snippet[i] == '\\')
            {
                i++;
            }
            else if (snippet[i] == '$')
            {
                var digit = snippet[i + 1] == '{' ? i + 2 : i + 1;
                return string.Concat(snippet.AsSpan(0, digit), number.ToString(CultureInfo.InvariantCulture), snippet.AsSpan(digit + 1));
            }
        }

        return snippet;
    }
}
