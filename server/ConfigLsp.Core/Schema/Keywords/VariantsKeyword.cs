using System.Collections.Immutable;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>anyOf</c> and <c>oneOf</c> (2020-12 Core, sections 10.2.1.2 and 10.2.1.3).</summary>
internal sealed class VariantsKeyword(KeywordSite site, ImmutableArray<SchemaNode> branches, bool exactlyOne) : Keyword(site, InstanceTypes.All)
{
    /// <summary>Keys that are remembered of all branches together.</summary>
    private const int MaxKeys = 200_000;
    private const int LeastKeys = 64;

    private BranchFacts[]? _facts;
    private SyntaxNode[]? _listed;
    private Discriminator? _discriminator;

    /// <inheritdoc />
    public override int Cost => 25;

    /// <inheritdoc />
    public override IEnumerable<SchemaEdge> Edges => branches.Select(static b => new SchemaEdge(b, InPlace: true));

    public ImmutableArray<SchemaNode> Branches => branches;

    /// <summary>Whether the keyword is <c>oneOf</c>.</summary>
    public bool ExactlyOne => exactlyOne;

    /// <summary>What the branches say at first sight; gathered when first needed, since it looks through references.</summary>
    public BranchFacts[] Facts => _facts ??= [.. branches.Select((b, i) => new BranchFacts(b, i, Math.Max(LeastKeys, MaxKeys / branches.Length)))];

    /// <summary>The values that the branches list, each once.</summary>
    public IReadOnlyList<SyntaxNode> ListedValues => _listed ??=
        [.. Facts.Select(static f => f.Values).OfType<IReadOnlyList<SyntaxNode>>().Distinct().SelectMany(static v => v).Distinct(SyntaxEquality.Instance)];

    public static void Compile(SchemaBuilder builder)
    {
        if (builder.Branches("anyOf", out var any) is { Length: > 0 } anyOf)
        {
            builder.Node.AnyOf = anyOf;
            builder.Add(new VariantsKeyword(any, anyOf, exactlyOne: false));
        }

        if (builder.Branches("oneOf", out var one) is { Length: > 0 } oneOf)
        {
            builder.Node.OneOf = oneOf;
            builder.Add(new VariantsKeyword(one, oneOf, exactlyOne: true));
        }
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        var unknowns = evaluation.Unknowns;
        var fitting = 0;
        var selected = Select(evaluation, instance);
        for (var i = 0; i < (selected?.Length ?? branches.Length); i++)
        {
            if (!evaluation.IsValid(branches[selected is null ? i : selected[i]], instance))
            {
                continue;
            }

            if (!exactlyOne)
            {
                return true;
            }

            // A second one is too many, unless one of them fits only because it was not checked.
            if (++fitting > 1 && evaluation.Unknowns == unknowns)
            {
                return false;
            }
        }

        return fitting == 1 || (fitting > 1 && evaluation.Unknowns != unknowns);
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        var unknowns = explanation.Evaluation.Unknowns;
        var fitting = Fitting(explanation.Evaluation, instance);
        if (fitting.Count == 0)
        {
            new VariantReport(explanation, this, instance).Add();
        }
        else if (exactlyOne && fitting.Count > 1)
        {
            // One of them may fit only because it was not checked.
            if (explanation.Evaluation.Unknowns == unknowns)
            {
                SeveralVariantsReport.Add(explanation, this, instance, fitting);
            }
        }
        else if (branches[fitting[0]].MayWarn)
        {
            explanation.Explain(branches[fitting[0]], instance);
        }
    }

    /// <inheritdoc />
    public override void CollectEvaluated(Evaluation evaluation, SyntaxNode instance, EvaluatedSet evaluated)
    {
        foreach (var branch in branches)
        {
            if (evaluation.IsValid(branch, instance))
            {
                evaluation.CollectEvaluated(branch, instance, evaluated);
            }
        }
    }

    /// <inheritdoc />
    public override void Follow(SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        foreach (var branch in branches)
        {
            visit(branch, instance);
        }
    }

    /// <summary>The positions of the branches that the instance fits.</summary>
    public List<int> Fitting(Evaluation evaluation, SyntaxNode instance)
    {
        var fitting = new List<int>();
        var selected = Select(evaluation, instance);
        for (var i = 0; i < (selected?.Length ?? branches.Length); i++)
        {
            var number = selected is null ? i : selected[i];
            if (evaluation.IsValid(branches[number], instance))
            {
                fitting.Add(number);
            }
        }

        return fitting;
    }

    /// <summary>The only branches that can fit, if a key tells them apart; else null.</summary>
    private int[]? Select(Evaluation evaluation, SyntaxNode instance)
    {
        if (branches.Length < Discriminator.WorthwhileFrom || instance.Kind != SyntaxKind.Object || !evaluation.TrySpend(instance.ChildCount >> 2))
        {
            return null;
        }

        return (_discriminator ??= Discriminator.Create(Facts)).Select(instance);
    }
}
