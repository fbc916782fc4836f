using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Patterns;

/// <summary>
/// A regular expression of a schema. Patterns without look-around and back references, nearly all, run as an automaton in linear time. The
/// others run on .NET's backtracking engine under a time limit; when it is hit the text counts as matching and the evaluation says so.
/// </summary>
internal sealed class SchemaPattern
{
    /// <summary>Time that one match may take on the backtracking engine.</summary>
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(50);

    private readonly PatternProgram? _program;
    private readonly Lazy<Regex>? _regex;

    private SchemaPattern(string text, string? error, PatternProgram? program, Lazy<Regex>? regex)
    {
        Text = text;
        Error = error;
        _program = program;
        _regex = regex;
    }

    /// <summary>The pattern as it is written.</summary>
    public string Text { get; }

    /// <summary>Why the pattern is not valid, completing "is not valid: ", or null.</summary>
    public string? Error { get; }

    public static SchemaPattern Create(string text)
    {
        try
        {
            var (root, facts) = PatternParser.Parse(text);
            var program = facts.NeedsBacktracking ? null : PatternProgram.Create(root);
            var regex = program is null ? new Lazy<Regex>(() => Build(root)) : null;
            return new SchemaPattern(text, error: null, program, regex);
        }
        catch (PatternSyntaxException e)
        {
            return new SchemaPattern(text, e.Message, program: null, regex: null);
        }
    }

    /// <summary>Whether the pattern matches somewhere in the text, a time limit counting as a match.</summary>
    public bool IsMatch(ReadOnlySpan<byte> utf8) => _program?.IsMatch(utf8) ?? TryMatch(utf8) ?? true;

    /// <summary>The same, telling the evaluation when the limit is hit, so that it gives the pattern up for the rest of the document.</summary>
    public bool IsMatch(ReadOnlySpan<byte> utf8, Evaluation evaluation, SyntaxNode instance)
    {
        if (_program is not null)
        {
            return _program.IsMatch(utf8);
        }

        if (evaluation.HasGivenUp(this))
        {
            return true;
        }

        if (TryMatch(utf8) is { } result)
        {
            return result;
        }

        evaluation.GiveUp(this, instance);
        return true;
    }

    private static Regex Build(PatternNode root) => new(RegexEmitter.Emit(root), RegexOptions.CultureInvariant, MatchTimeout);

    private bool? TryMatch(ReadOnlySpan<byte> utf8)
    {
        if (_regex is null)
        {
            return true;
        }

        var characters = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return _regex.Value.IsMatch(characters.AsSpan(0, Encoding.UTF8.GetChars(utf8, characters)));
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }
}
