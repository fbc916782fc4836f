namespace ConfigLsp.Configuration.Globbing;

/// <summary>Compiles one pattern, from left to right and without recursion.</summary>
internal ref struct GlobCompiler
{
    private readonly ReadOnlySpan<char> _pattern;
    private readonly GlobOptions _options;
    private readonly List<GlobInstruction> _instructions = [];
    private readonly List<CharacterSet> _sets = [];
    private readonly Stack<Group> _groups = new();
    private int _at;

    private GlobCompiler(ReadOnlySpan<char> pattern, GlobOptions options)
    {
        _pattern = pattern;
        _options = options;
    }

    private readonly bool IgnoresCase => (_options & GlobOptions.IgnoreCase) != 0;

    /// <summary>Compiles a pattern that has to match the whole text.</summary>
    public static GlobProgram Compile(ReadOnlySpan<char> pattern, GlobOptions options)
    {
        var compiler = new GlobCompiler(pattern, options);
        compiler.Run();
        return new GlobProgram([.. compiler._instructions], [.. compiler._sets], compiler.IgnoresCase);
    }

    private void Run()
    {
        while (_at < _pattern.Length)
        {
            var c = _pattern[_at];
            switch (c)
            {
                case '*':
                    Stars();
                    break;
                case '?':
                    _at++;
                    Emit(GlobOperation.AnyInSegment);
                    break;
                case '[' when TrySet():
                    break;
                case '{' when (_options & GlobOptions.Braces) != 0 && IsClosed():
                    _at++;
                    _groups.Push(new Group { Split = Emit(GlobOperation.Split) });
                    break;
                case ',' when _groups.Count > 0:
                    _at++;
                    NextAlternative(_groups.Peek());
                    break;
                case '}' when _groups.Count > 0:
                    _at++;
                    Close(_groups.Pop());
                    break;
                case '\\' when (_options & GlobOptions.Escapes) != 0 && _at + 1 < _pattern.Length:
                    Literal(_pattern[_at + 1]);
                    _at += 2;
                    break;
                default:
                    _at++;
                    Literal(c);
                    break;
            }
        }

        Emit(GlobOperation.Match);
    }

    private readonly void Literal(char c) => Emit(GlobOperation.Character, IgnoresCase ? char.ToLowerInvariant(c) : c);

    private readonly int Emit(GlobOperation operation, char character = '\0', int target = 0)
    {
        _instructions.Add(new GlobInstruction(operation, character, target));
        return _instructions.Count - 1;
    }

    private void Stars()
    {
        var start = _at;
        while (_at < _pattern.Length && _pattern[_at] == '*')
        {
            _at++;
        }

        // Two stars mean any folders only where they are a whole segment.
        var isSegment = _at - start == 2 && (start == 0 || _pattern[start - 1] is '/' or '{' or ',');
        if (isSegment && _at < _pattern.Length && _pattern[_at] == '/')
        {
            _at++;
            var skip = Emit(GlobOperation.Split);
            Loop(GlobOperation.Any);
            Emit(GlobOperation.Character, '/');
            SetTarget(skip, _instructions.Count);
            return;
        }

        Loop(isSegment && (_at == _pattern.Length || _pattern[_at] is '}' or ',') ? GlobOperation.Any : GlobOperation.AnyInSegment);
    }

    private readonly void Loop(GlobOperation operation)
    {
        var split = Emit(GlobOperation.Split);
        Emit(operation);
        Emit(GlobOperation.Jump, target: split);
        SetTarget(split, _instructions.Count);
    }

    private readonly void SetTarget(int instruction, int target) => _instructions[instruction] = _instructions[instruction] with { Target = target };

    private readonly void NextAlternative(Group group)
    {
        group.Ends.Add(Emit(GlobOperation.Jump));
        SetTarget(group.Split, _instructions.Count);
        group.Split = Emit(GlobOperation.Split);
    }

    private readonly void Close(Group group)
    {
        // The last alternative has no other behind it: its split leads nowhere but to its own start.
        SetTarget(group.Split, group.Split + 1);
        foreach (var end in group.Ends)
        {
            SetTarget(end, _instructions.Count);
        }
    }

    /// <summary>Whether the brace at the current place is closed somewhere; else it stands for itself.</summary>
    private readonly bool IsClosed()
    {
        var depth = 0;
        foreach (var c in _pattern[_at..])
        {
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool TrySet()
    {
        var at = _at + 1;
        var inverted = at < _pattern.Length && _pattern[at] is '!' or '^';
        at += inverted ? 1 : 0;
        var ranges = new List<(char, char)>();
        for (var first = true; at < _pattern.Length; first = false)
        {
            // A bracket in the first place stands for itself.
            if (_pattern[at] == ']' && !first)
            {
                _at = at + 1;
                _sets.Add(new CharacterSet(ranges, inverted, IgnoresCase));
                Emit(GlobOperation.Set, target: _sets.Count - 1);
                return true;
            }

            var low = SetCharacter(ref at);
            var high = low;
            if (at + 1 < _pattern.Length && _pattern[at] == '-' && _pattern[at + 1] != ']')
            {
                at++;
                high = SetCharacter(ref at);
            }

            ranges.Add((low, high));
        }

        return false;
    }

    private readonly char SetCharacter(ref int at)
    {
        if (_pattern[at] == '\\' && (_options & GlobOptions.Escapes) != 0 && at + 1 < _pattern.Length)
        {
            at++;
        }

        return _pattern[at++];
    }

    /// <summary>Alternatives whose end is not seen yet.</summary>
    private sealed class Group
    {
        public List<int> Ends { get; } = [];

        public int Split { get; set; }
    }
}
