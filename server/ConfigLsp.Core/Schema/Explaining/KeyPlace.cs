using System.Text;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Where a key that is unknown at its place is known: deeper in the object, or in an object around it or beside it.</summary>
/// <param name="Advice">What to do, as a sentence.</param>
/// <param name="Pointer">The place as a JSON Pointer in the document, the key included; null where there are several.</param>
internal sealed record KeyPlace(string Advice, string? Pointer)
{
    private const int MaxDepth = 3;
    private const int MaxVisited = 1000;
    private const int MaxShown = 3;

    /// <summary>The place, or null if the key is known nowhere near.</summary>
    /// <param name="explanation">The walk, at the object that has the key.</param>
    /// <param name="schema">The schema that does not know the key.</param>
    /// <param name="key">The key.</param>
    public static KeyPlace? Find(Explanation explanation, SchemaNode schema, string key)
    {
        if (Below(explanation, schema, key) is { Count: > 0 } deeper)
        {
            return Under(explanation.Path.ToPointer(explanation.Path.Depth), deeper, key);
        }

        for (var depth = explanation.Path.Depth - 1; depth >= 0 && !explanation.Evaluation.IsExhausted; depth--)
        {
            var property = explanation.Path.PropertyAt(depth);
            foreach (var around in explanation.SchemasAt(depth))
            {
                if (!property.IsNone && explanation.KeysOf(around).ContainsKey(key))
                {
                    var levels = explanation.Path.Depth - depth;
                    var pointer = explanation.Path.ToPointer(depth) + "/" + JsonPointer.Escape(key);
                    return new KeyPlace($"It belongs {(levels == 1 ? "one level" : $"{levels} levels")} higher, beside {ValueText.Key(property.GetString())}.", pointer);
                }

                if (Below(explanation, around, key) is { Count: > 0 } beside)
                {
                    return Under(explanation.Path.ToPointer(depth), beside, key);
                }
            }
        }

        return null;
    }

    private static KeyPlace Under(string start, List<string[]> places, string key)
    {
        var shown = places.Take(MaxShown).Select(static p => $"`{ValueText.Shorten(string.Join('.', p))}`").ToArray();
        var pointer = new StringBuilder(start);
        foreach (var segment in places[0].Append(key))
        {
            pointer.Append('/').Append(JsonPointer.Escape(segment));
        }

        return new KeyPlace($"It belongs under {ValueText.Join(shown, "or")}.", places.Count == 1 ? pointer.ToString() : null);
    }

    /// <summary>The ways through objects to the nearest places that know the key.</summary>
    private static List<string[]> Below(Explanation explanation, SchemaNode schema, string key)
    {
        var found = new List<string[]>();
        var seen = new HashSet<SchemaNode> { schema };
        var level = new List<(SchemaNode Schema, string[] Way)> { (schema, []) };
        for (var depth = 0; depth < MaxDepth && found.Count == 0 && seen.Count < MaxVisited; depth++)
        {
            var next = new List<(SchemaNode, string[])>();
            foreach (var (around, way) in level)
            {
                foreach (var (name, member) in explanation.KeysOf(around))
                {
                    if (member.IsTrivial || !seen.Add(member) || member.IsDeprecated || seen.Count > MaxVisited || explanation.Evaluation.IsExhausted)
                    {
                        continue;
                    }

                    string[] inner = [.. way, name];
                    next.Add((member, inner));
                    if (explanation.KeysOf(member).ContainsKey(key))
                    {
                        found.Add(inner);
                    }
                }
            }

            level = next;
        }

        return found;
    }
}
