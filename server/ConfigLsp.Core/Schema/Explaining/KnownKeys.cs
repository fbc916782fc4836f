using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>The keys that a schema knows, split by whether an object sets them. Made once for all the unknown keys of the object.</summary>
internal sealed class KnownKeys
{
    /// <summary>Allowed in every settings file, and never what a mistyped setting means.</summary>
    private const string SchemaKey = "$schema";

    private readonly SchemaNode _schema;
    private readonly SyntaxNode _instance;

    public KnownKeys(SchemaNode schema, SyntaxNode instance)
    {
        _schema = schema;
        _instance = instance;
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in instance.Children)
        {
            present.Add(property.GetString());
        }

        foreach (var (key, known) in new BranchFacts(schema, 0).Keys)
        {
            if (!known.Annotations.DoNotSuggest && key != SchemaKey)
            {
                (present.Contains(key) ? Set : Free).Add(key);
            }
        }
    }

    /// <summary>Keys that the object lacks.</summary>
    public List<string> Free { get; } = [];

    /// <summary>Keys that the object has.</summary>
    public List<string> Set { get; } = [];

    public bool AreOf(SchemaNode schema, SyntaxNode instance) => _schema == schema && _instance == instance;
}
