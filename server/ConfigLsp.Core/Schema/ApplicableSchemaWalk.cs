using System.Diagnostics.CodeAnalysis;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Goes through a document from its root, in document order, and finds the schemas of every value on the way. Where they do not depend on the value,
/// as in most schemas, they are found once for each key, so that thousands of similar objects cost little more than reading them.
/// </summary>
internal sealed class ApplicableSchemaWalk(SyntaxTree tree, JsonSchema schema, TextSpan within, CancellationToken cancellation)
{
    private const int NodesBetweenChecks = 1024;

    /// <summary>Keys remembered for one object; a map with more has keys that seldom come again.</summary>
    private const int MaxRemembered = 256;

    private readonly ApplicableSchemaFinder _finder = new(new Evaluation(tree, schema, EvaluationOptions.Default, cancellation));
    private readonly bool _mayRemember = !schema.Features.HasDynamicScope;
    private readonly Stack<Frame> _around = new();

    /// <summary>Calls back for every value in the span that has a schema or an unknown key, until that returns false.</summary>
    public void Run(Func<SchemaPlace, bool> visit)
    {
        if (tree.Root.IsNone)
        {
            return;
        }

        var end = tree.Root.EndIndex;
        for (var (index, count) = (1, 0); index < end; count++)
        {
            if (count % NodesBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            while (_around.TryPeek(out var left) && left.EndIndex <= index)
            {
                _around.Pop();
            }

            var node = new SyntaxNode(tree, index);
            if (node.Span.Start > within.End)
            {
                return;
            }

            // An item counts even where it is passed over.
            var ordinal = _around.TryPeek(out var around) ? around.Ordinal++ : 0;
            if (node.Span.End < within.Start)
            {
                index = node.EndIndex;
                continue;
            }

            var state = around is null ? new State(_finder.EnterRoot(schema, node)) : Enter(around.State, node, ordinal);
            var place = new SchemaPlace(node, state.Level.Schemas, state.Level.IsUnknownKey);
            if ((place.Schemas.Count > 0 || place.IsUnknownKey) && !visit(place))
            {
                return;
            }

            var value = place.Value;
            if (value.Kind is SyntaxKind.Object or SyntaxKind.Array && place.Schemas.Count > 0)
            {
                _around.Push(new Frame(value.EndIndex, state));
                index = value.Index + 1;
            }
            else
            {
                index = node.EndIndex;
            }
        }
    }

    private State Enter(State outer, SyntaxNode node, int ordinal)
    {
        if (node.Kind != SyntaxKind.Property)
        {
            // Behind the items that have a schema of their own all are alike.
            ordinal = Math.Min(ordinal, outer.CountPrefixItems());
            if (outer.Items is { } items && items.TryGetValue(ordinal, out var alike))
            {
                return alike;
            }

            var item = new State(_finder.EnterItem(outer.Level, ordinal, node));
            if (_mayRemember && !item.Level.DependsOnValue && ordinal < MaxRemembered)
            {
                (outer.Items ??= []).Add(ordinal, item);
            }

            return item;
        }

        var name = node.GetUtf8();
        if (outer.Members is { } members && members.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var known))
        {
            return known;
        }

        var member = new State(_finder.EnterProperty(outer.Level, node));
        if (_mayRemember && !member.Level.DependsOnValue && (outer.Members?.Count ?? 0) < MaxRemembered)
        {
            (outer.Members ??= new Dictionary<byte[], State>(Utf8Comparer.Instance)).Add(name.ToArray(), member);
        }

        return member;
    }

    /// <summary>The container that the walk is in.</summary>
    private sealed class Frame(int endIndex, State state)
    {
        public int EndIndex => endIndex;

        public State State => state;

        public int Ordinal { get; set; }
    }

    /// <summary>The schemas at one place, and those found below them that hold for every value there.</summary>
    private sealed class State(ApplicableSchemaFinder.Level level)
    {
        private int _prefixItems = -1;

        public ApplicableSchemaFinder.Level Level => level;

        public Dictionary<byte[], State>? Members { get; set; }

        public Dictionary<int, State>? Items { get; set; }

        public int CountPrefixItems()
        {
            if (_prefixItems < 0)
            {
                _prefixItems = level.Schemas.Count == 0 ? 0 : level.Schemas.Max(static found => found.Schema.PrefixItems.Length);
            }

            return _prefixItems;
        }
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
