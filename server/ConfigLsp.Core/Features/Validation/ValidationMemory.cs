using System.Collections.Immutable;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Validation;

/// <summary>
/// What the validation of one version of a document has found out, so that that of the next one looks at what an edit has touched only. Immutable once
/// it is handed out. Findings are the same with it as without.
/// </summary>
public sealed class ValidationMemory
{
    /// <summary>Nothing is known yet, but is to be remembered.</summary>
    public static readonly ValidationMemory Empty = new(tree: null, [], evaluation: null);

    private readonly object? _tree;
    private readonly ImmutableArray<int> _objectsWithDuplicates;

    internal ValidationMemory(SyntaxTree? tree, ImmutableArray<int> objectsWithDuplicates, EvaluationMemory? evaluation)
    {
        _tree = tree?.Identity;
        _objectsWithDuplicates = objectsWithDuplicates;
        Evaluation = evaluation;
    }

    internal EvaluationMemory? Evaluation { get; }

    /// <summary>The objects of a tree that have duplicated keys.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="limit">The most to find.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal ImmutableArray<int> FindDuplicates(SyntaxTree tree, int limit, CancellationToken cancellationToken)
    {
        var steps = _tree is null || _objectsWithDuplicates.Length >= limit ? default : tree.StepsFrom(_tree);

        return steps.IsDefault
            ? DuplicateKeys.FindObjects(tree, limit, cancellationToken)
            : DuplicateKeys.FindObjects(tree, _objectsWithDuplicates, steps, limit, cancellationToken);
    }
}
