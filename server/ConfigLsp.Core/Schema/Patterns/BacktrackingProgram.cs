using System.Runtime.InteropServices;
using System.Text;

namespace ConfigLsp.Core.Schema.Patterns;

/// <summary>
/// A pattern that needs backtracking, for look-around and back references, or that is too large for an automaton because of its counts. It
/// stops after a number of steps instead of a time, so that the same text has the same answer everywhere. Immutable; safe for several threads.
/// </summary>
internal sealed class BacktrackingProgram(BacktrackingInstruction[] code, BacktrackingLoop[] loops, int registers, bool ignoresCase)
{
    /// <summary>Number of instructions.</summary>
    public int Size => code.Length;

    /// <summary>Whether the pattern matches anywhere in the text; null if that takes more steps than are left.</summary>
    /// <param name="utf8">The text; malformed UTF-8 counts as U+FFFD.</param>
    /// <param name="steps">Instructions that are left.</param>
    public bool? IsMatch(ReadOnlySpan<byte> utf8, ref long steps)
    {
        // Every code point is decoded first, because look-behind reads backward.
        steps -= utf8.Length >> 2;
        if (steps < 0)
        {
            return null;
        }

        var text = new List<int>(utf8.Length);
        while (!utf8.IsEmpty)
        {
            text.Add(CodePoints.Decode(utf8, out var length));
            utf8 = utf8[length..];
        }

        var run = new Run(code, loops, registers, ignoresCase, CollectionsMarshal.AsSpan(text), steps);
        var found = run.FindAnywhere();
        steps = run.Steps;
        return steps < 0 ? null : found;
    }

    /// <summary>One search. The trail holds in one stack where to go on after a failure and how to restore the registers.</summary>
    private ref struct Run(BacktrackingInstruction[] code, BacktrackingLoop[] loops, int registers, bool ignoresCase, ReadOnlySpan<int> text, long steps)
    {
        /// <summary>The entry is no choice but says what a register held.</summary>
        private const int Restore = -1;

        /// <summary>Entries of the trail, 12 bytes each.</summary>
        private const int MaxTrail = 4_000_000;

        private readonly ReadOnlySpan<int> _text = text;
        private readonly int[] _registers = new int[registers];
        private readonly List<(int At, int Position, int Least)> _trail = [];

        public long Steps { get; private set; } = steps;

        public bool FindAnywhere()
        {
            for (var start = 0; start <= _text.Length && Steps >= 0; start++)
            {
                Steps -= _registers.Length >> 4;
                Array.Fill(_registers, -1);
                _trail.Clear();
                if (Matches(0, start))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Runs from an instruction to a match. Look-around calls itself; the parser limits how deep that is nested.</summary>
        private bool Matches(int at, int position)
        {
            var bottom = _trail.Count;
            while (true)
            {
                if (--Steps < 0 || _trail.Count > MaxTrail)
                {
                    Steps = -1;
                    return false;
                }

                ref readonly var instruction = ref code[at];
                if (instruction.Operation == BacktrackingOperation.Match)
                {
                    KeepRegisters(bottom);
                    return true;
                }

                if (!Execute(instruction, ref at, ref position) && !Backtrack(bottom, ref at, ref position))
                {
                    return false;
                }
            }
        }

        private bool Execute(in BacktrackingInstruction instruction, ref int at, ref int position)
        {
            at++;
            switch (instruction.Operation)
            {
                case BacktrackingOperation.Set:
                    return Read(instruction.Set!, instruction.IsBackward, ref position);
                case BacktrackingOperation.SetLoop:
                    return ReadMany(instruction, at, ref position);
                case BacktrackingOperation.Split:
                    _trail.Add((instruction.Y, position, position));
                    at = instruction.X;
                    return true;
                case BacktrackingOperation.Jump:
                    at = instruction.X;
                    return true;
                case BacktrackingOperation.Save or BacktrackingOperation.LoopStart:
                    Write(instruction.X, instruction.Operation == BacktrackingOperation.Save ? position : 0);
                    return true;
                case BacktrackingOperation.Reset:
                    for (var register = instruction.X; register < instruction.Y; register++)
                    {
                        Write(register, -1);
                    }

                    Steps -= instruction.Y - instruction.X;
                    return true;
                case BacktrackingOperation.Anchor:
                    var (before, after) = (position > 0 ? _text[position - 1] : -1, position < _text.Length ? _text[position] : -1);
                    return PatternProgram.Holds((AnchorKind)instruction.X, before, after);
                case BacktrackingOperation.BackReference:
                    return ReadGroup(instruction, ref position);
                case BacktrackingOperation.Look or BacktrackingOperation.NegativeLook:
                    var bottom = _trail.Count;
                    var isFound = Matches(at, position);
                    var isNegative = instruction.Operation == BacktrackingOperation.NegativeLook;
                    at = instruction.X;
                    if (isFound && isNegative)
                    {
                        RestoreTo(bottom);
                    }

                    return isFound != isNegative;
                default:
                    return Repeat(instruction, ref at, position);
            }
        }

        private bool Repeat(in BacktrackingInstruction instruction, ref int at, int position)
        {
            ref readonly var loop = ref loops[instruction.X];
            var rounds = _registers[loop.Counter];
            switch (instruction.Operation)
            {
                case BacktrackingOperation.Loop:
                    var isEnough = rounds >= loop.Min;
                    var mayGoOn = loop.Max < 0 || rounds < loop.Max;
                    if (isEnough && mayGoOn)
                    {
                        _trail.Add((loop.IsLazy ? loop.Body : loop.Exit, position, position));
                    }

                    at = !mayGoOn || (isEnough && loop.IsLazy) ? loop.Exit : loop.Body;
                    return true;
                case BacktrackingOperation.LoopBody:
                    Write(loop.Counter, rounds + 1);
                    Write(loop.Counter + 1, position);
                    return true;
                default:
                    // A round that read nothing is of no use beyond the demanded ones (ECMA-262 section 22.2.2.3.1, step 2.b), and those are
                    // all alike.
                    if (_registers[loop.Counter + 1] == position)
                    {
                        if (rounds > loop.Min)
                        {
                            return false;
                        }

                        Write(loop.Counter, loop.Min);
                    }

                    at = instruction.Y;
                    return true;
            }
        }

        private readonly bool Read(CodePointSet set, bool isBackward, ref int position)
        {
            var index = isBackward ? position - 1 : position;
            if ((uint)index >= (uint)_text.Length || !set.Contains(_text[index]))
            {
                return false;
            }

            position += isBackward ? -1 : 1;
            return true;
        }

        private bool ReadMany(in BacktrackingInstruction instruction, int next, ref int position)
        {
            var start = position;
            var count = 0;
            while ((instruction.Y < 0 || count < instruction.Y) && Read(instruction.Set!, instruction.IsBackward, ref position))
            {
                count++;
            }

            Steps -= count >> 2;
            if (count < instruction.X)
            {
                return false;
            }

            if (count > instruction.X)
            {
                _trail.Add((next, position, instruction.IsBackward ? start - instruction.X : start + instruction.X));
            }

            return true;
        }

        private bool ReadGroup(in BacktrackingInstruction instruction, ref int position)
        {
            var (start, end) = (_registers[instruction.X * 2], _registers[(instruction.X * 2) + 1]);
            if (start < 0 || end < 0)
            {
                return true;
            }

            var length = end - start;
            var from = instruction.IsBackward ? position - length : position;
            Steps -= length >> 2;
            if (from < 0 || from + length > _text.Length)
            {
                return false;
            }

            for (var i = 0; i < length; i++)
            {
                if (Fold(_text[start + i]) != Fold(_text[from + i]))
                {
                    return false;
                }
            }

            position += instruction.IsBackward ? -length : length;
            return true;
        }

        private readonly int Fold(int point) => ignoresCase && Rune.TryCreate(point, out var rune) ? Rune.ToLowerInvariant(rune).Value : point;

        private void Write(int register, int value)
        {
            _trail.Add((Restore, register, _registers[register]));
            _registers[register] = value;
        }

        /// <summary>Goes back to the last choice above <paramref name="bottom"/>.</summary>
        private bool Backtrack(int bottom, ref int at, ref int position)
        {
            while (_trail.Count > bottom)
            {
                var (choice, place, least) = _trail[^1];
                if (choice == Restore)
                {
                    _trail.RemoveAt(_trail.Count - 1);
                    _registers[place] = least;
                    continue;
                }

                (at, position) = (choice, place);
                if (place == least)
                {
                    _trail.RemoveAt(_trail.Count - 1);
                    return true;
                }

                // A loop over a set gives back one code point, and may give back more.
                position += place > least ? -1 : 1;
                if (position == least)
                {
                    _trail.RemoveAt(_trail.Count - 1);
                }
                else
                {
                    CollectionsMarshal.AsSpan(_trail)[^1].Position = position;
                }

                return true;
            }

            return false;
        }

        /// <summary>What a look-around found stays, but it is not searched again for another way.</summary>
        private readonly void KeepRegisters(int bottom)
        {
            var kept = bottom;
            for (var i = bottom; i < _trail.Count; i++)
            {
                if (_trail[i].At == Restore)
                {
                    _trail[kept++] = _trail[i];
                }
            }

            _trail.RemoveRange(kept, _trail.Count - kept);
        }

        private readonly void RestoreTo(int bottom)
        {
            for (; _trail.Count > bottom; _trail.RemoveAt(_trail.Count - 1))
            {
                if (_trail[^1].At == Restore)
                {
                    _registers[_trail[^1].Position] = _trail[^1].Least;
                }
            }
        }
    }
}
