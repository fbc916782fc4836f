using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Which members of large maps and lists do not fit the schema that is for all of them. After an edit only the members that it touched are looked at
/// again, however many there are. What is known is known of all members of a container or not at all.
/// </summary>
internal sealed class MemberMisfits
{
    /// <summary>Going through fewer members costs little.</summary>
    public const int LeastMembers = 64;

    private const int MaxContainers = 1024;
    private const int MaxMisfits = 256;

    private readonly Dictionary<(int Schema, int Container), ImmutableArray<int>> _known = [];

    /// <summary>What is known but for the members that edits touched.</summary>
    private readonly Dictionary<(int Schema, int Container), ImmutableArray<int>> _earlier = [];

    /// <summary>By container around an edit: the first member that was touched, and the index behind the last one.</summary>
    private readonly Dictionary<int, (int First, int End)> _touched = [];

    /// <summary>What is known of the tree after edits.</summary>
    /// <param name="steps">The edits.</param>
    /// <param name="tree">The tree that they made.</param>
    public MemberMisfits Carry(ImmutableArray<TreeStep> steps, SyntaxTree tree)
    {
        var carried = new MemberMisfits();
        foreach (var (container, first, end) in steps.Touched())
        {
            carried.Touch(container, first, end);
            for (var inner = container; inner > 0;)
            {
                var outer = tree.Nodes.Parent(inner);
                carried.Touch(outer, inner, tree.Nodes.Next(inner));
                inner = outer;
            }
        }

        foreach (var ((schema, container), misfits) in _known)
        {
            var index = steps.Map(container);
            if (index < 0)
            {
                continue;
            }

            var moved = misfits.IsEmpty ? misfits : [.. misfits.Select(m => steps.Map(m)).Where(static m => m >= 0)];
            if (!carried._touched.TryGetValue(index, out var touched))
            {
                carried._known[(schema, index)] = moved;
            }
            else
            {
                carried._earlier[(schema, index)] = moved.RemoveAll(m => m >= touched.First && m < touched.End);
            }
        }

        return carried;
    }

    /// <summary>The same, to be changed on its own.</summary>
    public MemberMisfits Share()
    {
        var shared = new MemberMisfits();
        foreach (var (place, misfits) in _known)
        {
            shared._known[place] = misfits;
        }

        return shared;
    }

    /// <summary>The members that do not fit, by index, or default where that is not known.</summary>
    public ImmutableArray<int> Find(Evaluation evaluation, SchemaNode schema, SyntaxNode container)
    {
        var place = (schema.Id, container.Index);
        if (_known.TryGetValue(place, out var misfits))
        {
            return misfits;
        }

        if (!_earlier.TryGetValue(place, out var others) || !_touched.TryGetValue(container.Index, out var touched))
        {
            return default;
        }

        var found = ImmutableArray.CreateBuilder<int>();
        found.AddRange(others.TakeWhile(m => m < touched.First));
        for (var i = touched.First; i < touched.End; i = container.Tree.Nodes.Next(i))
        {
            if (!evaluation.IsValid(schema, ValueOf(container.Tree.NodeAt(i))))
            {
                found.Add(i);
            }
        }

        found.AddRange(others.SkipWhile(m => m < touched.First));
        misfits = found.DrainToImmutable();
        Remember(evaluation, schema, container, misfits);
        return evaluation.WasLimited ? default : misfits;
    }

    /// <summary>Looks at all members.</summary>
    /// <returns>Those that do not fit, or default if they are too many.</returns>
    public ImmutableArray<int> Collect(Evaluation evaluation, SchemaNode schema, SyntaxNode container)
    {
        var found = ImmutableArray.CreateBuilder<int>();
        foreach (var member in container.Children)
        {
            if (!evaluation.IsValid(schema, ValueOf(member)))
            {
                if (found.Count == MaxMisfits)
                {
                    return default;
                }

                found.Add(member.Index);
            }
        }

        var misfits = found.DrainToImmutable();
        Remember(evaluation, schema, container, misfits);
        return evaluation.WasLimited ? default : misfits;
    }

    /// <summary>Takes note of a container all of whose members were looked at.</summary>
    public void Remember(Evaluation evaluation, SchemaNode schema, SyntaxNode container, ImmutableArray<int> misfits)
    {
        if (misfits.Length <= MaxMisfits && _known.Count < MaxContainers && !evaluation.WasLimited)
        {
            _known[(schema.Id, container.Index)] = misfits;
        }
    }

    private void Touch(int container, int first, int end)
    {
        var known = _touched.GetValueOrDefault(container, (First: first, End: end));
        _touched[container] = (Math.Min(known.First, first), Math.Max(known.End, end));
    }

    private static SyntaxNode ValueOf(SyntaxNode member) => member.Kind == SyntaxKind.Property ? member.Value : member;
}
