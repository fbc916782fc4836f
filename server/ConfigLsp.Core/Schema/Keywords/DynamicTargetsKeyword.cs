using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>
/// All the places where the dynamic references with one anchor may lead, as edges of a schema of its own: each reference has one edge to it
/// instead of one to every place. Never evaluated.
/// </summary>
internal sealed class DynamicTargetsKeyword(KeywordSite site, ImmutableArray<SchemaNode> targets) : Keyword(site, InstanceTypes.All)
{
    /// <inheritdoc />
    public override IEnumerable<SchemaEdge> Edges => targets.Select(static t => new SchemaEdge(t, InPlace: true));

    /// <summary>Whether there is no place but this one.</summary>
    public bool LeadOnlyTo(SchemaNode target) => targets.Length == 0 || (targets.Length == 1 && ReferenceEquals(targets[0], target));

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance) => true;

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
    }

    /// <inheritdoc />
    public override void Follow(SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        foreach (var target in targets)
        {
            visit(target, instance);
        }
    }
}
