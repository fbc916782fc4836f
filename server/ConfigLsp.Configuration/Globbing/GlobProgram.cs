using System.Buffers;

namespace ConfigLsp.Configuration.Globbing;

/// <summary>What one instruction of a <see cref="GlobProgram"/> does.</summary>
internal enum GlobOperation : byte
{
    /// <summary>Takes the character <see cref="GlobInstruction.Character"/>.</summary>
    Character,

    /// <summary>Takes any character but a slash.</summary>
    AnyInSegment,

    /// <summary>Takes any character.</summary>
    Any,

    /// <summary>Takes a character of the set with the index <see cref="GlobInstruction.Target"/>.</summary>
    Set,

    /// <summary>Goes on at the next instruction and at <see cref="GlobInstruction.Target"/>.</summary>
    Split,

    /// <summary>Goes on at <see cref="GlobInstruction.Target"/>.</summary>
    Jump,

    /// <summary>The pattern has matched if the text ends here.</summary>
    Match,
}

/// <summary>One instruction.</summary>
internal readonly record struct GlobInstruction(GlobOperation Operation, char Character = '\0', int Target = 0);

/// <summary>
/// A compiled pattern: a non-deterministic automaton whose states are all followed at once, so that the time is the length of the text times the
/// length of the pattern at worst, whatever the pattern.
/// </summary>
internal sealed class GlobProgram(GlobInstruction[] instructions, CharacterSet[] sets, bool ignoreCase)
{
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        var size = instructions.Length;
        var rented = ArrayPool<int>.Shared.Rent(size * 4);
        try
        {
            var current = new StateList(rented.AsSpan(0, size));
            var next = new StateList(rented.AsSpan(size, size));
            var marks = rented.AsSpan(size * 2, size);
            var stack = rented.AsSpan(size * 3, size);
            marks.Clear();
            Add(ref current, 0, 1, marks, stack);
            for (var i = 0; i < text.Length && current.Count > 0; i++)
            {
                var c = ignoreCase ? char.ToLowerInvariant(text[i]) : text[i];
                next.Count = 0;
                for (var j = 0; j < current.Count; j++)
                {
                    var state = current.States[j];
                    if (Takes(instructions[state], c))
                    {
                        Add(ref next, state + 1, i + 2, marks, stack);
                    }
                }

                var spare = current;
                current = next;
                next = spare;
            }

            return current.States[..current.Count].Contains(size - 1);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    private bool Takes(GlobInstruction instruction, char c) => instruction.Operation switch
    {
        GlobOperation.Character => c == instruction.Character,
        GlobOperation.AnyInSegment => c != '/',
        GlobOperation.Any => true,
        GlobOperation.Set => c != '/' && sets[instruction.Target].Contains(c),
        _ => false,
    };

    /// <summary>Adds a state and those that it reaches without a character; a state carries the mark of the step in which it was added.</summary>
    private void Add(ref StateList list, int state, int mark, Span<int> marks, Span<int> stack)
    {
        var depth = 0;
        Push(state, ref depth, mark, marks, stack);
        while (depth > 0)
        {
            state = stack[--depth];
            var instruction = instructions[state];
            switch (instruction.Operation)
            {
                case GlobOperation.Split:
                    Push(instruction.Target, ref depth, mark, marks, stack);
                    Push(state + 1, ref depth, mark, marks, stack);
                    break;
                case GlobOperation.Jump:
                    Push(instruction.Target, ref depth, mark, marks, stack);
                    break;
                default:
                    list.States[list.Count++] = state;
                    break;
            }
        }
    }

    private static void Push(int state, ref int depth, int mark, Span<int> marks, Span<int> stack)
    {
        if (marks[state] != mark)
        {
            marks[state] = mark;
            stack[depth++] = state;
        }
    }

    private ref struct StateList(Span<int> states)
    {
        public readonly Span<int> States = states;
        public int Count;
    }
}

/// <summary>A bracket expression: ranges of characters, perhaps inverted.</summary>
internal sealed class CharacterSet(IReadOnlyList<(char First, char Last)> ranges, bool inverted, bool ignoreCase)
{
    public bool Contains(char c)
    {
        var found = InRanges(c) || (ignoreCase && InRanges(char.ToUpperInvariant(c)));
        return found != inverted;
    }

    private bool InRanges(char c)
    {
        foreach (var (first, last) in ranges)
        {
            if (c >= first && c <= last)
            {
                return true;
            }
        }

        return false;
    }
}
