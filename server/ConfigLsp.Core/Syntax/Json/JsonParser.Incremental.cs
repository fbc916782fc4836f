using System.Collections.Immutable;
using System.Text.Unicode;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Syntax.Json;

/// <summary>
/// Parsing after an edit. The parser starts behind a sound value before the edit, where its state can be told from the tree, and stops where its state
/// and the rest of the text are again those of the tree before. The result is the same as of parsing the whole text.
/// </summary>
public ref partial struct JsonParser
{
    /// <summary>Below this many bytes the whole text is parsed in the time that it takes to find out what need not be.</summary>
    private const int SmallText = 16 * 1024;

    /// <summary>How many versions back a tree can be told from: as many as a person types while one is checked.</summary>
    private const int MaxSteps = 16;

    /// <summary>How many neighbours are looked at for one without an error to start behind.</summary>
    private const int MaxNeighbours = 8;

    /// <summary>Parses a text of which an earlier version is known.</summary>
    /// <param name="text">The text.</param>
    /// <param name="previous">The tree of the earlier version.</param>
    /// <param name="change">Where the two texts differ.</param>
    public static SyntaxTree Parse(SourceText text, SyntaxTree previous, TextChangeRange change) =>
        (text.Length < SmallText ? null : TryParse(text, previous, change)) ?? Parse(text);

    /// <summary>The tree made from the previous one; null where the edit, or what is wrong around it, reaches too far.</summary>
    internal static SyntaxTree? TryParse(SourceText text, SyntaxTree previous, TextChangeRange change)
    {
        if (previous.HasMoreErrors || !previous.Errors.All(static e => e.Descriptor != DiagnosticCatalog.InvalidEncoding) || FindContainer(previous, change) is not { } container)
        {
            return null;
        }

        var start = FindStart(previous, container, change.Span.Start);
        if (start is not { } place)
        {
            return null;
        }

        Span<NodeData> open = [.. ChainTo(previous, container)];
        var parser = new JsonParser(text, new TreeBuilder(text, open)) { _at = place.Offset, _lastEnd = place.Offset };
        foreach (ref readonly var node in open)
        {
            parser._openObjects += node.Kind == SyntaxKind.Object ? 1 : 0;
            parser._openArrays += node.Kind == SyntaxKind.Array ? 1 : 0;
        }

        var isObject = open[^1].Kind == SyntaxKind.Object;
        parser._expectation = (isObject, place.IsFirst) switch
        {
            (true, true) => Expectation.Name,
            (true, false) => Expectation.PropertyEnd,
            (false, true) => Expectation.Element,
            (false, false) => Expectation.ElementEnd,
        };
        return parser.Resume(previous, container, place, change, open.Length - 1);
    }

    /// <summary>The innermost object or array that stays around the edit, with its brackets.</summary>
    private static int? FindContainer(SyntaxTree tree, TextChangeRange change)
    {
        ref readonly var nodes = ref tree.Nodes;
        var index = nodes.LastStartingAt(change.Span.Start);
        for (; index > 0; index = nodes.Parent(index))
        {
            if (nodes.Kind(index) is SyntaxKind.Object or SyntaxKind.Array
                && nodes.Start(index) < change.Span.Start
                && change.Span.End < nodes.End(index)
                && (nodes.Flags(index) & NodeFlags.Unterminated) == 0)
            {
                break;
            }
        }

        // What follows the top-level value is read in another way, so that it is left to a parser that has read that value.
        return index == 0 || nodes.Next(1) <= index ? null : index;
    }

    /// <summary>Where to begin: behind the last child that ends before the edit and is sound, else behind the opening bracket.</summary>
    private static ResumePlace? FindStart(SyntaxTree tree, int container, int editStart)
    {
        ref readonly var nodes = ref tree.Nodes;
        var before = editStart;
        for (var step = 0; step < MaxNeighbours; step++)
        {
            var index = nodes.LastStartingAt(before - 1);
            while (index != container && nodes.Parent(index) != container)
            {
                index = nodes.Parent(index);
            }

            if (index == container)
            {
                return new ResumePlace(nodes.Start(container) + 1, container + 1, IsFirst: true);
            }

            if (EndsBefore(tree, nodes.End(index), editStart) && IsSound(tree, index))
            {
                return new ResumePlace(nodes.End(index), nodes.Next(index), IsFirst: false);
            }

            before = nodes.Start(index);
        }

        return null;
    }

    /// <summary>
    /// Whether an edit cannot change what a value is that ends at an offset: the parser looks up to the next token on the line, whether that is a colon
    /// which makes a name of a string.
    /// </summary>
    private static bool EndsBefore(SyntaxTree tree, int end, int editStart) =>
        end < editStart && tree.Text.Span[end..editStart].ContainsAnyExcept((byte)' ', (byte)'\t');

    private static NodeData[] ChainTo(SyntaxTree tree, int container)
    {
        var chain = new List<NodeData>();
        for (var index = container; ; index = tree.Nodes.Parent(index))
        {
            chain.Add(tree.Nodes[index]);
            if (index == 0)
            {
                break;
            }
        }

        chain.Reverse();
        for (var i = 0; i < chain.Count; i++)
        {
            chain[i] = chain[i] with { Parent = Math.Max(0, i - 1), End = 0, Next = 0 };
        }

        return [.. chain];
    }

    /// <summary>Whether the state of the parser behind a child is that behind any value. The error about a gap stands where the next token is.</summary>
    private static bool IsSound(SyntaxTree tree, int index) =>
        tree.Nodes.Kind(index) != SyntaxKind.Missing && !HasErrors(tree, tree.Nodes.Start(index), tree.Nodes.End(index));

    /// <summary>Whether an error lies in a range, or touches its end.</summary>
    private static bool HasErrors(SyntaxTree tree, int start, int end)
    {
        var at = LowerBound(tree.Errors, start, static e => e.Span.Start);
        return at < tree.Errors.Length && tree.Errors[at].Span.Start <= end;
    }

    /// <summary>Parses until the state is again that of the tree before.</summary>
    /// <param name="previous">The tree before.</param>
    /// <param name="container">The container in it.</param>
    /// <param name="place">Where this parser begins.</param>
    /// <param name="change">The edit.</param>
    /// <param name="own">Index of the container in the builder.</param>
    private SyntaxTree? Resume(SyntaxTree previous, int container, ResumePlace place, TextChangeRange change, int own)
    {
        ref readonly var nodes = ref previous.Nodes;
        var oldEnd = nodes.End(container);
        var (old, removed) = (place.Index, 0);
        while (true)
        {
            if (!ReadToken() || _at > oldEnd + change.Delta)
            {
                return null;
            }

            if (_builder.Current < own)
            {
                // The container is closed: by its own bracket, or by one that was meant for another.
                if (_at != _lastEnd || _lastEnd != oldEnd + change.Delta || (_builder.Nodes[own].Flags & NodeFlags.Unterminated) != 0)
                {
                    return null;
                }

                for (; old < nodes.Next(container); old = nodes.Next(old))
                {
                    removed++;
                }

                return Join(previous, container, place, change, own, old, oldEnd, removed);
            }

            // Where a gap was found the parser is already at the token behind it, and has read the comments between.
            if (_builder.Current != own || _at != _lastEnd || _lastEnd < change.NewEnd || _lastBroken || _comma >= 0 || _expectation is not (Expectation.ElementEnd or Expectation.PropertyEnd))
            {
                continue;
            }

            while (old < nodes.Next(container) && nodes.End(old) + change.Delta < _lastEnd)
            {
                old = nodes.Next(old);
                removed++;
            }

            if (old < nodes.Next(container) && nodes.End(old) + change.Delta == _lastEnd && IsSound(previous, old))
            {
                return Join(previous, container, place, change, own, nodes.Next(old), nodes.End(old), removed + 1);
            }
        }
    }

    /// <summary>The new tree: what was parsed, in place of the children of the container from where the parser began up to where it stopped.</summary>
    private readonly SyntaxTree? Join(
        SyntaxTree previous, int container, ResumePlace place, TextChangeRange change, int own, int oldNext, int oldEnd, int removed)
    {
        // An error at the last byte may have been found in what is replaced, or behind it.
        if (HasErrors(previous, oldEnd - 1, oldEnd - 1) || !Utf8.IsValid(_text[place.Offset..(oldEnd + change.Delta)]))
        {
            return null;
        }

        var parsed = _builder.Nodes[(own + 1)..].ToArray();
        var added = 0;
        foreach (ref var node in parsed.AsSpan())
        {
            added += node.Parent == own ? 1 : 0;
            node.Parent = node.Parent == own ? container : node.Parent - own - 1 + place.Index;
            node.Next += place.Index - own - 1;
        }

        var edit = new NodeEdit
        {
            Container = container,
            First = place.Index,
            End = oldNext,
            Nodes = parsed,
            OldEnd = oldEnd,
            OffsetDelta = change.Delta,
            CountDelta = added - removed,
        };
        var errors = Join(previous.Errors, _builder.Errors, static e => e.Span.Start, (e, delta) => e.Moved(oldEnd, delta), place.Offset, oldEnd, change.Delta);
        return errors.Length > TreeBuilder.MaxErrors
            ? null
            : new SyntaxTree(
                _source,
                previous.Nodes.With(edit),
                errors,
                hasMoreErrors: false,
                Join(previous.Comments, _builder.Comments, static c => c.Start, static (c, delta) => new TextSpan(c.Start + delta, c.Length), place.Offset, oldEnd, change.Delta),
                Join(previous.TrailingCommas, _builder.TrailingCommas, static c => c, static (c, delta) => c + delta, place.Offset, oldEnd, change.Delta))
            {
                Steps = (previous.Steps.Length < MaxSteps ? previous.Steps : previous.Steps[1..])
                    .Add(new TreeStep(previous.Identity, edit.First, edit.End, edit.First + parsed.Length, container)),
            };
    }

    private static ImmutableArray<T> Join<T>(
        ImmutableArray<T> old, IReadOnlyList<T> parsed, Func<T, int> offsetOf, Func<T, int, T> move, int start, int end, int delta)
    {
        var kept = LowerBound(old, start, offsetOf);
        var moved = LowerBound(old, end, offsetOf);
        if (parsed.Count == 0 && kept == moved && (delta == 0 || moved == old.Length))
        {
            return old;
        }

        var joined = ImmutableArray.CreateBuilder<T>(kept + parsed.Count + old.Length - moved);
        joined.AddRange(old.AsSpan()[..kept]);
        joined.AddRange(parsed.OrderBy(offsetOf));
        foreach (var item in old.AsSpan()[moved..])
        {
            joined.Add(move(item, delta));
        }

        return joined.DrainToImmutable();
    }

    private static int LowerBound<T>(ImmutableArray<T> sorted, int offset, Func<T, int> offsetOf)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (offsetOf(sorted[middle]) < offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Where parsing can begin in the middle of a text.</summary>
    /// <param name="Offset">The offset, the same in both texts.</param>
    /// <param name="Index">Index of the first node behind it.</param>
    /// <param name="IsFirst">Whether this is the beginning of the container.</param>
    private readonly record struct ResumePlace(int Offset, int Index, bool IsFirst);
}
