namespace ConfigLsp.Core.Schema.Patterns;

/// <summary>
/// Compiles a pattern for the backtracking engine. Counted repetition becomes a counter, so that the program is no longer than the pattern.
/// </summary>
internal sealed class BacktrackingCompiler
{
    private readonly List<BacktrackingInstruction> _code = [];
    private readonly List<BacktrackingLoop> _loops = [];
    private int _registers;

    private BacktrackingCompiler(int groups) => _registers = (groups + 1) * 2;

    /// <summary>The program for a pattern with this many capturing groups.</summary>
    public static BacktrackingProgram Compile(PatternNode root, int groups, bool ignoresCase)
    {
        var compiler = new BacktrackingCompiler(groups);
        compiler.Emit(root, isBackward: false);
        compiler.Add(BacktrackingOperation.Match);
        return new BacktrackingProgram([.. compiler._code], [.. compiler._loops], compiler._registers, ignoresCase);
    }

    private int Add(BacktrackingOperation operation, int x = 0, int y = 0, CodePointSet? set = null, bool isBackward = false)
    {
        _code.Add(new BacktrackingInstruction(operation, x, y, set, isBackward));
        return _code.Count - 1;
    }

    private void Emit(PatternNode node, bool isBackward)
    {
        switch (node)
        {
            case PatternNode.Set set:
                Add(BacktrackingOperation.Set, set: set.CodePoints, isBackward: isBackward);
                break;
            case PatternNode.Anchor anchor:
                Add(BacktrackingOperation.Anchor, (int)anchor.Kind);
                break;
            case PatternNode.BackReference reference:
                Add(BacktrackingOperation.BackReference, reference.Number, isBackward: isBackward);
                break;
            case PatternNode.Group group:
                var (before, after) = isBackward ? ((group.Number * 2) + 1, group.Number * 2) : (group.Number * 2, (group.Number * 2) + 1);
                Add(BacktrackingOperation.Save, before);
                Emit(group.Item, isBackward);
                Add(BacktrackingOperation.Save, after);
                break;
            case PatternNode.Sequence sequence:
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    Emit(sequence.Items[isBackward ? sequence.Items.Count - 1 - i : i], isBackward);
                }

                break;
            case PatternNode.Choice choice:
                EmitChoice(choice, isBackward);
                break;
            case PatternNode.Repeat repeat:
                EmitRepeat(repeat, isBackward);
                break;
            case PatternNode.Look look:
                var at = Add(look.IsNegative ? BacktrackingOperation.NegativeLook : BacktrackingOperation.Look);
                Emit(look.Item, look.IsBehind);
                Add(BacktrackingOperation.Match);
                _code[at] = _code[at] with { X = _code.Count };
                break;
        }
    }

    private void EmitChoice(PatternNode.Choice choice, bool isBackward)
    {
        var ends = new List<int>();
        for (var i = 0; i < choice.Items.Count - 1; i++)
        {
            var split = Add(BacktrackingOperation.Split, _code.Count + 1);
            Emit(choice.Items[i], isBackward);
            ends.Add(Add(BacktrackingOperation.Jump));
            _code[split] = _code[split] with { Y = _code.Count };
        }

        Emit(choice.Items[^1], isBackward);
        foreach (var end in ends)
        {
            _code[end] = _code[end] with { X = _code.Count };
        }
    }

    private void EmitRepeat(PatternNode.Repeat repeat, bool isBackward)
    {
        if (repeat.Item is PatternNode.Set set && !repeat.IsLazy)
        {
            Add(BacktrackingOperation.SetLoop, repeat.Min, repeat.Max, set.CodePoints, isBackward);
            return;
        }

        var number = _loops.Count;
        var counter = _registers;
        _registers += 2;
        _loops.Add(default);
        Add(BacktrackingOperation.LoopStart, counter);
        var loop = Add(BacktrackingOperation.Loop, number);
        var body = Add(BacktrackingOperation.LoopBody, number);
        var (first, end) = GroupsIn(repeat.Item);
        if (first < end)
        {
            // ECMA-262 section 22.2.2.3.1, step 4: each round begins with the captures within it unset.
            Add(BacktrackingOperation.Reset, first * 2, end * 2);
        }

        Emit(repeat.Item, isBackward);
        Add(BacktrackingOperation.LoopEnd, number, loop);
        _loops[number] = new BacktrackingLoop(counter, repeat.Min, repeat.Max, repeat.IsLazy, body, _code.Count);
    }

    /// <summary>The numbers of the groups within a node, which follow one another.</summary>
    private static (int First, int End) GroupsIn(PatternNode node)
    {
        var (first, end) = (int.MaxValue, 0);
        var pending = new Stack<PatternNode>();
        pending.Push(node);
        while (pending.TryPop(out var next))
        {
            switch (next)
            {
                case PatternNode.Group group:
                    (first, end) = (Math.Min(first, group.Number), Math.Max(end, group.Number + 1));
                    pending.Push(group.Item);
                    break;
                case PatternNode.Repeat repeat:
                    pending.Push(repeat.Item);
                    break;
                case PatternNode.Look look:
                    pending.Push(look.Item);
                    break;
                case PatternNode.Sequence { Items: var items }:
                    items.ToList().ForEach(pending.Push);
                    break;
                case PatternNode.Choice { Items: var items }:
                    items.ToList().ForEach(pending.Push);
                    break;
            }
        }

        return (first, end);
    }
}
