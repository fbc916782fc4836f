using System.Runtime.CompilerServices;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Schema.Patterns;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// The fast mode: answers whether an instance fits, without allocating per node. Bounded in depth and in steps; where a bound is hit the
/// rest counts as valid, <see cref="TooDeep"/> or <see cref="IsExhausted"/> says so, and <see cref="Unknowns"/> lets the keywords that
/// negate see to it that what was not checked never becomes an error. Its memory is borrowed until it is disposed of.
/// </summary>
internal sealed class Evaluation : IDisposable
{
    /// <summary>Levels of schemas within schemas. An instance level takes one to three of them.</summary>
    public const int MaxDepth = 2048;

    private const int StackCheckInterval = 16;
    private const int CancellationInterval = 1024;

    /// <summary>Steps that any document may take; large documents get more in proportion, and huge ones enough for a plain schema.</summary>
    private const long MinSteps = 20_000_000;
    private const long StepsPerNode = 400;
    private const long MaxSteps = 200_000_000;
    private const long LeastStepsPerNode = 32;

    /// <summary>Scopes are remembered until the end, so that making one costs more than a step.</summary>
    private const int StepsPerScope = 200;

    private readonly SyntaxTree _tree;
    private readonly CancellationToken _cancellation;
    private readonly bool _hasDynamicScope;
    private readonly Stack<EvaluatedSet> _freeSets = new();
    private Dictionary<SchemaPattern, SyntaxNode>? _slowPatterns;
    private ResultCache _results;
    private readonly long _granted;
    private long _steps;
    private long _nextCancellationCheck;
    private int _depth;

    public Evaluation(SyntaxTree tree, JsonSchema schema, EvaluationOptions options, CancellationToken cancellation)
    {
        _tree = tree;
        _cancellation = cancellation;
        _hasDynamicScope = schema.Features.HasDynamicScope;
        _granted = Math.Max(Math.Clamp(tree.NodeCount * StepsPerNode, MinSteps, MaxSteps), tree.NodeCount * LeastStepsPerNode);
        _steps = _granted;
        _nextCancellationCheck = _steps;
        AssertsEveryFormat = options.Formats == FormatAssertion.Always;
    }

    /// <summary>What is known of the values from an earlier version of the document, and is noted for the next; null where nothing is to be noted.</summary>
    public EvaluationMemory? Memory { get; init; }

    public bool AssertsEveryFormat { get; }

    /// <summary>The resources entered on the way to the current schema; meaningful only for schemas with dynamic references.</summary>
    public DynamicScope Scope { get; private set; } = DynamicScope.Empty;

    /// <summary>The first instance that was not evaluated because it is nested too deeply, or no node.</summary>
    public SyntaxNode TooDeep { get; private set; }

    /// <summary>Whether the step budget ran out.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Steps taken so far.</summary>
    public long Steps => _granted - _steps;

    /// <summary>
    /// Grows whenever something counts as valid because it was not checked. A keyword that turns "valid" into a complaint compares it before
    /// and after, and complains only if it stayed the same.
    /// </summary>
    public int Unknowns { get; private set; }

    /// <summary>Whether something was left unchecked.</summary>
    public bool WasLimited => IsExhausted || !TooDeep.IsNone || _slowPatterns is not null;

    /// <summary>The patterns that were given up because matching takes too many steps, with the first text concerned.</summary>
    public IReadOnlyDictionary<SchemaPattern, SyntaxNode> SlowPatterns => _slowPatterns ?? [];

    public bool HasGivenUp(SchemaPattern pattern) => _slowPatterns?.ContainsKey(pattern) == true;

    /// <summary>Leaves a pattern unchecked for the rest of the document.</summary>
    public void GiveUp(SchemaPattern pattern, SyntaxNode instance)
    {
        (_slowPatterns ??= []).TryAdd(pattern, PlaceOf(instance));
        Unknowns++;
    }

    /// <summary>
    /// Accounts for work within a keyword that grows with the instance or the schema: about one step for a visit of a node, a comparison of a
    /// key, or 64 bytes of text.
    /// </summary>
    /// <returns>False if the budget is used up; the caller stops and counts the instance as valid.</returns>
    public bool TrySpend(long steps)
    {
        _steps -= steps;
        if (_steps < _nextCancellationCheck)
        {
            CheckBudget();
        }

        Unknowns += IsExhausted ? 1 : 0;
        return !IsExhausted;
    }

    public bool IsValid(SchemaNode schema, SyntaxNode instance)
    {
        var kindClass = KindClass.Of(instance.Kind);
        if (kindClass < 0)
        {
            return true;
        }

        if (schema.Always is { } always)
        {
            return always;
        }

        if (!HasType(schema, instance, kindClass))
        {
            return false;
        }

        var keywords = schema.KeywordsByKind[kindClass];
        return keywords.Length == 0 || SatisfiesAll(schema, instance, keywords);
    }

    /// <summary>What is remembered of the members of a large map or list of the document; else null.</summary>
    public MemberMisfits? MisfitsOf(SyntaxNode container) => container.ChildCount >= MemberMisfits.LeastMembers && IsOwn(container) ? Memory?.Misfits : null;

    /// <summary>Whether all members of a map, or items of a list, fit one schema.</summary>
    public bool AllFit(SchemaNode schema, SyntaxNode container)
    {
        var misfits = MisfitsOf(container);
        if (misfits?.Find(this, schema, container) is { IsDefault: false } known)
        {
            return known.IsEmpty;
        }

        foreach (var member in container.Children)
        {
            if (!IsValid(schema, member.Kind == SyntaxKind.Property ? member.Value : member))
            {
                return false;
            }
        }

        misfits?.Remember(this, schema, container, []);
        return true;
    }

    /// <summary>Whether the instance has one of the schema's types.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasType(SchemaNode schema, SyntaxNode instance, int kindClass)
    {
        var type = KindClass.TypeOf(kindClass);
        if ((schema.Types & type) != 0)
        {
            return true;
        }

        return type == InstanceTypes.Number && (schema.Types & InstanceTypes.Integer) != 0
            && NumberText.IsInteger(instance.RawText, schema.IntegerAllowsZeroFraction);
    }

    /// <summary>Marks what the schema's applicators looked at in the instance, which is known to be valid.</summary>
    public void CollectEvaluated(SchemaNode schema, SyntaxNode instance, EvaluatedSet evaluated, Keyword? except = null)
    {
        var kindClass = KindClass.Of(instance.Kind);
        if (kindClass < 0 || !TryEnter(schema, instance, out var scope))
        {
            return;
        }

        // Many paths may lead to a shared schema; the second brings nothing new.
        if (except is not null || !schema.IsShared || evaluated.AddSource(schema.Id, Scope.Id))
        {
            foreach (var keyword in schema.KeywordsByKind[kindClass])
            {
                if (!ReferenceEquals(keyword, except))
                {
                    keyword.CollectEvaluated(this, instance, evaluated);
                }
            }
        }

        Leave(scope);
    }

    public EvaluatedSet RentSet() => _freeSets.TryPop(out var set) ? set : new EvaluatedSet();

    /// <inheritdoc />
    public void Dispose()
    {
        _results.Dispose();
        while (_freeSets.TryPop(out var set))
        {
            set.Dispose();
        }
    }

    public void Return(EvaluatedSet set)
    {
        set.Clear();
        _freeSets.Push(set);
    }

    /// <summary>Begins work on a schema, unless a bound forbids it. The caller restores the scope by <see cref="Leave"/>.</summary>
    public bool TryEnter(SchemaNode schema, SyntaxNode instance, out DynamicScope outer)
    {
        outer = Scope;
        if (--_steps < _nextCancellationCheck)
        {
            CheckBudget();
        }

        if (IsExhausted)
        {
            Unknowns++;
            return false;
        }

        if (_depth >= MaxDepth || (_depth % StackCheckInterval == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack()))
        {
            TooDeep = TooDeep.IsNone ? PlaceOf(instance) : TooDeep;
            Unknowns++;
            return false;
        }

        _depth++;
        if (_hasDynamicScope && schema.Resource is { } resource)
        {
            Scope = outer.Enter(resource, out var isNew);
            _steps -= isNew ? StepsPerScope : Scope.Length >> 3;
        }

        return true;
    }

    public void Leave(DynamicScope outer)
    {
        _depth--;
        Scope = outer;
    }

    /// <summary>
    /// Whether the value is one of the document. Examples in schemas are evaluated too: what is remembered by a node's number is not about those.
    /// </summary>
    private bool IsOwn(SyntaxNode instance) => ReferenceEquals(instance.Tree, _tree);

    private SyntaxNode PlaceOf(SyntaxNode instance) => IsOwn(instance) ? instance : _tree.Root;

    private bool SatisfiesAll(SchemaNode schema, SyntaxNode instance, Keyword[] keywords)
    {
        var isOwn = IsOwn(instance);
        if (isOwn && Memory?.Recall(schema.Id, instance.Index) is { } recalled)
        {
            return recalled;
        }

        if (!TryEnter(schema, instance, out var outer))
        {
            return true;
        }

        var scopeId = Scope.Id;
        var remembers = isOwn && schema.IsShared && (schema.HasBranches || instance.Kind is SyntaxKind.Object or SyntaxKind.Array);
        if (remembers && _results.TryGet(schema.Id, instance.Index, scopeId, out var known, out var wasUnknown))
        {
            Unknowns += wasUnknown ? 1 : 0;
            Leave(outer);
            return known;
        }

        var unknowns = Unknowns;
        var valid = true;
        foreach (var keyword in keywords)
        {
            if (!keyword.IsValid(this, instance))
            {
                valid = false;
                break;
            }
        }

        if (remembers)
        {
            _results.Set(schema.Id, instance.Index, scopeId, valid, valid && unknowns != Unknowns);
        }

        if (isOwn && Memory is not null && !WasLimited)
        {
            Memory.Remember(schema.Id, instance.Index, valid);
        }

        Leave(outer);
        return valid;
    }

    private void CheckBudget()
    {
        _nextCancellationCheck = _steps - CancellationInterval;
        _cancellation.ThrowIfCancellationRequested();
        IsExhausted |= _steps <= 0;
    }
}
