using System.Collections.Immutable;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Looks keys up in a schema without a document: through <c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c>,
/// <c>$ref</c> and <c>allOf</c>, and through <c>anyOf</c>, <c>oneOf</c>, conditions and dependent schemas as what may apply. Recursive
/// schemas are no danger. What depends on the values of a document is left to the evaluator.
/// </summary>
public static class SchemaKeys
{
    /// <summary>The most segments that are followed.</summary>
    public const int MaxDepth = 32;

    /// <summary>Schemas asked about a key, all keys together, until a walk ends.</summary>
    private const long MaxLooks = 5_000_000;

    /// <summary>Allowed in every settings file to name its schema, and no setting.</summary>
    private const string SchemaDeclaration = "$schema";

    /// <summary>What the schema says about a key.</summary>
    /// <param name="schema">The schema of the whole settings.</param>
    /// <param name="segments">The names on the way, outermost first; none for the settings as a whole.</param>
    public static SchemaKey Find(JsonSchema schema, IReadOnlyList<string> segments)
    {
        var key = Root(schema);
        foreach (var segment in segments)
        {
            key = key.Step(segment);
        }

        return key;
    }

    /// <summary>
    /// The keys that the schema names and that have no named keys within, in the order of its text; a schema that contains itself is unfolded
    /// once. <c>$schema</c> is left out.
    /// </summary>
    /// <param name="schema">The schema of the whole settings.</param>
    /// <param name="maxKeys">The most keys to give.</param>
    public static IEnumerable<SchemaKey> Enumerate(JsonSchema schema, int maxKeys) =>
        Walk(schema).Where(static k => k.IsCut || k.Key.Names.IsEmpty).Select(static k => k.Key).Take(maxKeys);

    /// <summary>All keys that the schema names, each before those within it, found as they are asked for. Ends early where very many schemas speak about very many keys.</summary>
    /// <returns>The keys, and whether what lies within is not given, because it goes round or too deep.</returns>
    public static IEnumerable<(SchemaKey Key, bool IsCut)> Walk(JsonSchema schema)
    {
        var root = Root(schema);
        var open = new Stack<Level>();
        open.Push(new Level(root, [.. Naming(root)]));
        for (var looks = 0L; looks < MaxLooks && open.TryPeek(out var level);)
        {
            if (!level.TryNext(out var name))
            {
                open.Pop();
                continue;
            }

            if (name == SchemaDeclaration && level.Key.Segments.IsEmpty)
            {
                continue;
            }

            // A schema may well be part of several levels; only where every one was met on the way does nothing new come.
            var key = level.Key.Step(name);
            var isCut = key.Segments.Length >= MaxDepth || Naming(key).All(level.Within.Contains);
            looks += level.Key.Schemas.Length + key.Schemas.Length;
            yield return (key, isCut);
            if (!isCut)
            {
                open.Push(new Level(key, level.Within.Union(Naming(key))));
            }
        }
    }

    /// <summary>Whether one of the schemas that apply to an object for certain permits no key of this name.</summary>
    /// <param name="around">The schemas of the object, as <see cref="SchemaEvaluator.FindApplicable"/> gives them.</param>
    /// <param name="name">The key.</param>
    public static bool IsClosed(ImmutableArray<ApplicableSchema> around, string name) =>
        new SchemaLevel([.. around.Where(static a => a.IsCertain)]).Enter(name).State == KeyState.Closed;

    private static IEnumerable<SchemaNode> Naming(SchemaKey key) => key.Schemas.Select(static s => s.Schema).Where(static s => !s.Properties.IsEmpty);

    private static SchemaKey Root(JsonSchema schema) =>
        new([], KeyState.Known, new SchemaLevel([new ApplicableSchema(schema.Root, IsCertain: true)]), isSecret: false);

    /// <summary>A key whose named keys are walked, one after the other, with the naming schemas on the way to them.</summary>
    private sealed class Level(SchemaKey key, ImmutableHashSet<SchemaNode> within)
    {
        private int _next;

        public SchemaKey Key => key;

        public ImmutableHashSet<SchemaNode> Within => within;

        public bool TryNext(out string name)
        {
            var hasNext = _next < key.Names.Length;
            name = hasNext ? key.Names[_next++] : string.Empty;
            return hasNext;
        }
    }
}
