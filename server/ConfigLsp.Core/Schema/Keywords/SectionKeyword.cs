using System.Text;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>
/// The members of a file in which settings stand flat: <c>"nofx.agent.max": 1</c> is held to the schema of the key <c>agent.max</c>, for the
/// section <c>nofx</c>. What is not of the section is accepted.
/// </summary>
internal sealed class SectionKeyword : Keyword
{
    private const int MaxNameBytes = 1024 + 256;

    private readonly JsonSchema _settings;
    private readonly byte[] _prefix;
    private readonly PropertyTable _known;

    /// <param name="site">Where the section stands.</param>
    /// <param name="section">The section, without its final dot.</param>
    /// <param name="settings">The schema of the settings.</param>
    /// <param name="known">The names in full that the schema knows.</param>
    public SectionKeyword(KeywordSite site, string section, JsonSchema settings, PropertyTable known)
        : base(site, InstanceTypes.Object)
    {
        _settings = settings;
        _prefix = Encoding.UTF8.GetBytes(section + ".");
        _known = known;
    }

    /// <inheritdoc />
    public override int Cost => 10;

    /// <summary>The schemas for the value of a name; null if the section cannot have it.</summary>
    public IReadOnlyList<SchemaNode>? SchemasOf(ReadOnlySpan<byte> name)
    {
        if (_known.Find(name) is { Schema: { } schema })
        {
            return [schema];
        }

        if (!name.StartsWith(_prefix) || name.Length > MaxNameBytes)
        {
            return [];
        }

        var segments = Encoding.UTF8.GetString(name[_prefix.Length..]).Split('.');
        if (segments.Length > SchemaKeys.MaxDepth || Array.Exists(segments, string.IsNullOrWhiteSpace))
        {
            // No key at all, and so nobody reads it.
            return [];
        }

        var key = SchemaKeys.Find(_settings, segments);
        return key.State == KeyState.Closed ? null : [SectionSchema.NodeOf(key)];
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        foreach (var property in instance.Children)
        {
            if (SchemasOf(property.GetUtf8()) is not { } schemas)
            {
                return false;
            }

            foreach (var schema in schemas)
            {
                if (!evaluation.IsValid(schema, property.Value))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        foreach (var property in instance.Children)
        {
            if (explanation.HasMore)
            {
                return;
            }

            if (SchemasOf(property.GetUtf8()) is not { } schemas)
            {
                UnknownKeyReport.Add(explanation, Site, instance, property);
                continue;
            }

            foreach (var schema in schemas)
            {
                explanation.ExplainProperty(schema, property);
            }
        }
    }

    /// <inheritdoc />
    public override void Follow(SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        foreach (var property in instance.Children)
        {
            foreach (var schema in SchemasOf(property.GetUtf8()) ?? [])
            {
                visit(schema, property.Value);
            }
        }
    }
}
