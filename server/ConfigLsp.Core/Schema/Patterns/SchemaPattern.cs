using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Patterns;

/// <summary>
/// A regular expression of a schema. Patterns without look-around and back references, nearly all, run as an automaton in linear time, the
/// others by backtracking. Both count their steps, so that what takes too long is the same on every machine; then the text counts as
/// matching and the evaluation says so.
/// </summary>
internal sealed class SchemaPattern
{
    /// <summary>Longer patterns are not compiled. UTF-16 units.</summary>
    public const int MaxLength = 50_000;

    /// <summary>Steps that any match may take, some tens of milliseconds; long texts get more in proportion.</summary>
    public const long MinSteps = 4_000_000;
    public const long StepsPerByte = 16;

    /// <summary>Steps of a match that weigh as much as one step of an evaluation.</summary>
    private const int StepsPerEvaluationStep = 8;

    private readonly PatternProgram? _program;
    private readonly BacktrackingProgram? _backtracking;

    private SchemaPattern(string text, string? error, PatternProgram? program, BacktrackingProgram? backtracking)
    {
        Text = text;
        Error = error;
        _program = program;
        _backtracking = backtracking;
    }

    /// <summary>The pattern as it is written.</summary>
    public string Text { get; }

    /// <summary>Why the pattern is not valid, completing "is not valid: ", or null.</summary>
    public string? Error { get; }

    /// <summary>Number of states or instructions.</summary>
    public int Size => _program?.Size ?? _backtracking?.Size ?? 0;

    public static SchemaPattern Create(string text)
    {
        try
        {
            if (text.Length > MaxLength)
            {
                throw new PatternSyntaxException($"it is longer than {MaxLength} characters.");
            }

            var (root, facts) = PatternParser.Parse(text);
            var program = facts.NeedsBacktracking ? null : PatternProgram.Create(root);
            var backtracking = program is null ? BacktrackingCompiler.Compile(root, facts.GroupCount, facts.IgnoresCase) : null;
            return new SchemaPattern(text, error: null, program, backtracking);
        }
        catch (PatternSyntaxException e)
        {
            return new SchemaPattern(text, e.Message, program: null, backtracking: null);
        }
    }

    /// <summary>A pattern that is not used, and why.</summary>
    public static SchemaPattern Refuse(string text, string reason) => new(text, reason, program: null, backtracking: null);

    /// <summary>Whether the pattern matches somewhere in the text; giving up counts as a match.</summary>
    public bool IsMatch(ReadOnlySpan<byte> utf8)
    {
        var steps = StepsFor(utf8);
        return Run(utf8, ref steps) ?? true;
    }

    /// <summary>The same, telling the evaluation when the pattern is given up, so that it is not tried on the rest of the document.</summary>
    public bool IsMatch(ReadOnlySpan<byte> utf8, Evaluation evaluation, SyntaxNode instance)
    {
        if (evaluation.HasGivenUp(this))
        {
            evaluation.GiveUp(this, instance);
            return true;
        }

        if (!evaluation.TrySpend(4 + (utf8.Length >> 5)))
        {
            return true;
        }

        var steps = StepsFor(utf8);
        var granted = steps;
        var result = Run(utf8, ref steps);
        evaluation.TrySpend((granted - steps) / StepsPerEvaluationStep);
        if (result is { } known)
        {
            return known;
        }

        evaluation.GiveUp(this, instance);
        return true;
    }

    private static long StepsFor(ReadOnlySpan<byte> utf8) => Math.Max(MinSteps, utf8.Length * StepsPerByte);

    /// <summary>Null if the steps are used up.</summary>
    private bool? Run(ReadOnlySpan<byte> utf8, ref long steps) =>
        _program is not null ? _program.IsMatch(utf8, ref steps) : _backtracking is null ? true : _backtracking.IsMatch(utf8, ref steps);
}
