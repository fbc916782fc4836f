using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// What the evaluation of a tree has found out about its values, for the evaluation of the tree that an edit makes of it: whether a value fits a schema
/// depends on nothing but the two, as long as no reference is dynamic. One verdict for each node, that of the schema which judged it last: 4 bytes; and of
/// large maps and lists which members do not fit.
/// </summary>
public sealed class EvaluationMemory
{
    private readonly JsonSchema _schema;
    private readonly FormatAssertion _formats;
    private readonly object _tree;

    /// <summary>By node: the id of the schema, negative where the node does not fit it; 0 where nothing is known.</summary>
    private readonly NodeVerdicts _verdicts;

    private EvaluationMemory(JsonSchema schema, FormatAssertion formats, object tree, NodeVerdicts verdicts, MemberMisfits misfits)
    {
        _schema = schema;
        _formats = formats;
        _tree = tree;
        _verdicts = verdicts;
        Misfits = misfits;
    }

    /// <summary>Which members of large maps and lists do not fit.</summary>
    internal MemberMisfits Misfits { get; }

    /// <summary>The memory to evaluate a tree with; null where the schema permits none.</summary>
    /// <param name="earlier">What an evaluation of an earlier tree has left; it is not changed.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="formats">Which formats are asserted.</param>
    internal static EvaluationMemory? For(EvaluationMemory? earlier, SyntaxTree tree, JsonSchema schema, FormatAssertion formats)
    {
        if (schema.Features.HasDynamicScope)
        {
            return null;
        }

        var steps = earlier is not null && ReferenceEquals(earlier._schema, schema) && earlier._formats == formats ? tree.StepsFrom(earlier._tree) : default;
        if (steps.IsDefault)
        {
            return new EvaluationMemory(schema, formats, tree.Identity, new NodeVerdicts(tree.NodeCount), new MemberMisfits());
        }

        if (steps.IsEmpty)
        {
            return new EvaluationMemory(schema, formats, tree.Identity, earlier!._verdicts.Share(), earlier.Misfits.Share());
        }

        var verdicts = earlier!._verdicts;
        foreach (var step in steps)
        {
            verdicts = verdicts.Carry(step);
        }

        // What is around an edit is another value than before.
        foreach (var touched in steps.Touched())
        {
            for (var index = touched.Container; index > 0; index = tree.Nodes.Parent(index))
            {
                verdicts[index] = 0;
            }
        }

        return new EvaluationMemory(schema, formats, tree.Identity, verdicts, earlier.Misfits.Carry(steps, tree));
    }

    /// <summary>Whether a node fits a schema; null where that is not known.</summary>
    internal bool? Recall(int schema, int node)
    {
        var verdict = _verdicts[node];
        return verdict == schema ? true : verdict == -schema ? false : null;
    }

    /// <summary>Whether anything is known of a node.</summary>
    internal bool Knows(int node) => _verdicts[node] != 0;

    /// <summary>Takes note of a verdict.</summary>
    internal void Remember(int schema, int node, bool fits) => _verdicts[node] = fits ? schema : -schema;
}
