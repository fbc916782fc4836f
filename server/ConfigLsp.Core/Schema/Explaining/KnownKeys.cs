using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>The keys that a schema knows, split by whether an object sets them. Made once for all the findings about keys of the object.</summary>
internal sealed class KnownKeys
{
    /// <summary>Allowed in every settings file, and never what a mistyped setting means.</summary>
    private const string SchemaKey = "$schema";

    private readonly SchemaNode _schema;
    private readonly SyntaxNode _instance;

    public KnownKeys(Explanation explanation, SchemaNode schema, SyntaxNode instance)
    {
        _schema = schema;
        _instance = instance;
        var facts = new BranchFacts(schema, 0);
        explanation.Evaluation.TrySpend(facts.Looked + instance.ChildCount);
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in instance.Children)
        {
            var name = property.GetString();
            if (present.Add(name) && !facts.Keys.ContainsKey(name) && !facts.Required.Contains(name))
            {
                Unknown.Add(name);
            }
        }

        foreach (var (key, known) in facts.Keys)
        {
            if (!known.Annotations.DoNotSuggest && !known.IsDeprecated && key != SchemaKey)
            {
                (present.Contains(key) ? Set : Free).Add(key);
            }
        }
    }

    /// <summary>Keys that the object lacks.</summary>
    public List<string> Free { get; } = [];

    /// <summary>Keys that the object has.</summary>
    public List<string> Set { get; } = [];

    /// <summary>Keys that the object has and the schema does not name.</summary>
    public List<string> Unknown { get; } = [];

    public bool AreOf(SchemaNode schema, SyntaxNode instance) => _schema == schema && _instance == instance;
}
