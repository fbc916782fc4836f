using System.Buffers;

namespace ConfigLsp.Core.Schema.Patterns;

/// <summary>
/// A pattern without look-around and back references as a nondeterministic automaton over code points. All its states advance together, so the
/// time is at most the length of the text times the number of states, whatever the pattern.
/// </summary>
internal sealed class PatternProgram
{
    /// <summary>Larger programs, from counted repetition, are not built.</summary>
    public const int MaxStates = 4096;

    private const int MaxWork = 100_000;

    /// <summary>Integers of working memory taken from the stack; larger programs borrow it.</summary>
    private const int MaxStackMemory = 1280;

    private readonly List<State> _states = [];
    private readonly int _start;
    private int _work;

    private PatternProgram(PatternNode root) => _start = Build(root, Add(new State(StateKind.Match)));

    /// <summary>The automaton, or null if it would be too large.</summary>
    public static PatternProgram? Create(PatternNode root)
    {
        try
        {
            return new PatternProgram(root);
        }
        catch (ProgramTooLargeException)
        {
            return null;
        }
    }

    /// <summary>Number of states.</summary>
    public int Size => _states.Count;

    /// <summary>Whether the pattern matches anywhere in the text; null if that takes more steps than are left. Malformed UTF-8 counts as U+FFFD.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="steps">Visits of states that are left.</param>
    public bool? IsMatch(ReadOnlySpan<byte> utf8, ref long steps)
    {
        var needed = _states.Count * 5;
        if (needed <= MaxStackMemory)
        {
            return IsMatch(utf8, stackalloc int[needed], ref steps);
        }

        var memory = ArrayPool<int>.Shared.Rent(needed);
        var matches = IsMatch(utf8, memory, ref steps);
        ArrayPool<int>.Shared.Return(memory);
        return matches;
    }

    private bool? IsMatch(ReadOnlySpan<byte> utf8, Span<int> memory, ref long steps)
    {
        var count = _states.Count;
        var current = new ActiveStates(memory[..count], memory.Slice(count, count));
        var next = new ActiveStates(memory.Slice(count * 2, count), memory.Slice(count * 3, count));
        var stack = memory.Slice(count * 4, count);
        var beginsAtStart = _states[_start] is { Kind: StateKind.Anchor, Anchor: AnchorKind.Start };
        var at = 0;
        var before = -1;
        while (true)
        {
            var after = at < utf8.Length ? CodePoints.Decode(utf8[at..], out var length) : CodePoints.None(out length);
            if ((before < 0 || !beginsAtStart) && Follow(_start, before, after, ref current, stack))
            {
                return true;
            }

            if (after < 0 || (beginsAtStart && current.Members.IsEmpty))
            {
                return false;
            }

            var following = at + length < utf8.Length ? CodePoints.Decode(utf8[(at + length)..], out _) : -1;
            next.Clear();
            steps -= current.Members.Length;
            if (steps < 0)
            {
                return null;
            }

            foreach (var index in current.Members)
            {
                var state = _states[index];
                if (state.Kind == StateKind.Set && state.Set!.Contains(after) && Follow(state.Next, after, following, ref next, stack))
                {
                    return true;
                }
            }

            var swapped = current;
            current = next;
            next = swapped;
            before = after;
            at += length;
        }
    }

    /// <summary>Adds a state and all that can be reached from it without a character; true if the end of the pattern is among them.</summary>
    private bool Follow(int start, int before, int after, ref ActiveStates active, Span<int> stack)
    {
        if (!active.Add(start))
        {
            return false;
        }

        var depth = 0;
        stack[depth++] = start;
        while (depth > 0)
        {
            var state = _states[stack[--depth]];
            switch (state.Kind)
            {
                case StateKind.Match:
                    return true;
                case StateKind.Split:
                    if (active.Add(state.Next))
                    {
                        stack[depth++] = state.Next;
                    }

                    if (active.Add(state.Other))
                    {
                        stack[depth++] = state.Other;
                    }

                    break;
                case StateKind.Anchor when Holds(state.Anchor, before, after) && active.Add(state.Next):
                    stack[depth++] = state.Next;
                    break;
            }
        }

        return false;
    }

    internal static bool Holds(AnchorKind anchor, int before, int after)
    {
        var atBoundary = (before >= 0 && CodePointSet.Word.Contains(before)) != (after >= 0 && CodePointSet.Word.Contains(after));
        return anchor switch
        {
            AnchorKind.Start => before < 0,
            AnchorKind.End => after < 0,
            AnchorKind.WordBoundary => atBoundary,
            _ => !atBoundary,
        };
    }

    private int Add(State state)
    {
        if (_states.Count >= MaxStates)
        {
            throw new ProgramTooLargeException();
        }

        _states.Add(state);
        return _states.Count - 1;
    }

    /// <summary>Builds states for a node that lead on to <paramref name="next"/>; returns the first of them.</summary>
    private int Build(PatternNode node, int next)
    {
        // Repeating the empty pattern makes no states, yet must not take forever.
        if (++_work > MaxWork)
        {
            throw new ProgramTooLargeException();
        }

        switch (node)
        {
            case PatternNode.Set set:
                return Add(new State(StateKind.Set, next, Set: set.CodePoints));
            case PatternNode.Anchor anchor:
                return Add(new State(StateKind.Anchor, next, Anchor: anchor.Kind));
            case PatternNode.Group group:
                return Build(group.Item, next);
            case PatternNode.Sequence sequence:
                for (var i = sequence.Items.Count - 1; i >= 0; i--)
                {
                    next = Build(sequence.Items[i], next);
                }

                return next;
            case PatternNode.Choice choice:
                var first = Build(choice.Items[^1], next);
                for (var i = choice.Items.Count - 2; i >= 0; i--)
                {
                    first = Add(new State(StateKind.Split, Build(choice.Items[i], next), first));
                }

                return first;
            case PatternNode.Repeat repeat:
                return BuildRepeat(repeat, next);
            default:
                throw new InvalidOperationException("Look-around and back references have no automaton.");
        }
    }

    private int BuildRepeat(PatternNode.Repeat repeat, int next)
    {
        var end = next;
        if (repeat.Max < 0)
        {
            var loop = Add(new State(StateKind.Split, 0, next));
            _states[loop] = new State(StateKind.Split, Build(repeat.Item, loop), next);
            next = loop;
        }
        else
        {
            for (var i = repeat.Min; i < repeat.Max; i++)
            {
                next = Add(new State(StateKind.Split, Build(repeat.Item, next), end));
            }
        }

        for (var i = 0; i < repeat.Min; i++)
        {
            next = Build(repeat.Item, next);
        }

        return next;
    }

    private enum StateKind : byte
    {
        Match,
        Set,
        Split,
        Anchor,
    }

    private sealed record State(StateKind Kind, int Next = 0, int Other = 0, CodePointSet? Set = null, AnchorKind Anchor = default);

    private sealed class ProgramTooLargeException : Exception;

    /// <summary>A sparse set: adding, asking and clearing take constant time, also on memory with arbitrary content.</summary>
    private ref struct ActiveStates(Span<int> dense, Span<int> sparse)
    {
        private readonly Span<int> _dense = dense;
        private readonly Span<int> _sparse = sparse;
        private int _count;

        public readonly ReadOnlySpan<int> Members => _dense[.._count];

        public bool Add(int state)
        {
            var slot = _sparse[state];
            if ((uint)slot < (uint)_count && _dense[slot] == state)
            {
                return false;
            }

            _sparse[state] = _count;
            _dense[_count++] = state;
            return true;
        }

        public void Clear() => _count = 0;
    }
}
