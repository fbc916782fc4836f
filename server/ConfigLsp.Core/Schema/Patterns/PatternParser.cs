using System.Text;

namespace ConfigLsp.Core.Schema.Patterns;

/// <summary>
/// Parses ECMA-262 patterns with Unicode semantics. More lenient than the flag <c>u</c> where schemas in the wild are: a punctuation character
/// may be escaped needlessly, and a bracket or brace that cannot mean anything else stands for itself. A leading <c>(?i)</c> ignores case, as
/// in VS Code.
/// </summary>
internal sealed partial class PatternParser
{
    private const int MaxNesting = 250;
    private const int MaxNameLength = 200;

    /// <summary>Ranges of code points in all the sets of a pattern.</summary>
    private const int MaxRanges = 200_000;
    private const int MaxCount = 1_000_000;
    private const string IgnoreCasePrefix = "(?i)";

    private readonly int[] _text;
    private readonly List<string?> _groupNames = [];
    private int _at;
    private int _groups;
    private int _nesting;
    private int _highestReference;
    private int _ranges;

    private PatternParser(string text)
    {
        IgnoresCase = text.StartsWith(IgnoreCasePrefix, StringComparison.Ordinal);
        _text = ToCodePoints(IgnoresCase ? text[IgnoreCasePrefix.Length..] : text);
        CountGroups();
    }

    public bool IgnoresCase { get; }

    /// <summary>Number of capturing groups.</summary>
    public int GroupCount => _groups;

    /// <summary>Whether the pattern has look-around or back references, which need backtracking.</summary>
    public bool NeedsBacktracking { get; private set; }

    private int Current => _at < _text.Length ? _text[_at] : -1;

    /// <summary>Parses a pattern.</summary>
    /// <exception cref="PatternSyntaxException">It is not valid; the message says why, for people.</exception>
    public static (PatternNode Root, PatternParser Facts) Parse(string text)
    {
        var parser = new PatternParser(text);
        var root = parser.ParseChoice();
        if (parser._at < parser._text.Length)
        {
            throw new PatternSyntaxException("there is a `)` without a `(`.");
        }

        if (parser._highestReference > parser._groups)
        {
            throw new PatternSyntaxException($"there is no group {parser._highestReference}.");
        }

        return (root, parser);
    }

    private static int[] ToCodePoints(string text)
    {
        var points = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                points.Add(char.ConvertToUtf32(text[i], text[++i]));
            }
            else
            {
                points.Add(text[i]);
            }
        }

        return [.. points];
    }

    /// <summary>Names and numbers of groups must be known before references to them are read.</summary>
    private void CountGroups()
    {
        var inClass = false;
        for (var i = 0; i < _text.Length; i++)
        {
            switch (_text[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass:
                    var isNamed = i + 3 < _text.Length && _text[i + 1] == '?' && _text[i + 2] == '<' && _text[i + 3] is not ('=' or '!');
                    if (i + 1 >= _text.Length || _text[i + 1] != '?' || isNamed)
                    {
                        _groupNames.Add(isNamed ? NameAt(i + 3) : null);
                    }

                    break;
            }
        }
    }

    private string NameAt(int start)
    {
        var name = new StringBuilder();
        for (var i = start; i < Math.Min(_text.Length, start + MaxNameLength) && _text[i] != '>'; i++)
        {
            name.Append(char.ConvertFromUtf32(_text[i] is >= 0xD800 and <= 0xDFFF ? 0xFFFD : _text[i]));
        }

        return name.ToString();
    }

    private PatternNode ParseChoice()
    {
        if (++_nesting > MaxNesting)
        {
            throw new PatternSyntaxException("groups are nested too deeply.");
        }

        var alternatives = new List<PatternNode> { ParseSequence() };
        while (Current == '|')
        {
            _at++;
            alternatives.Add(ParseSequence());
        }

        _nesting--;
        return alternatives.Count == 1 ? alternatives[0] : new PatternNode.Choice(alternatives);
    }

    private PatternNode.Sequence ParseSequence()
    {
        var items = new List<PatternNode>();
        while (Current is not (-1 or '|' or ')'))
        {
            var item = ParseTerm();
            items.Add(ParseQuantifier(item));
        }

        return new PatternNode.Sequence(items);
    }

    private PatternNode ParseTerm()
    {
        var c = _text[_at++];
        switch (c)
        {
            case '^':
                return new PatternNode.Anchor(AnchorKind.Start);
            case '$':
                return new PatternNode.Anchor(AnchorKind.End);
            case '.':
                return new PatternNode.Set(CodePointSet.AnyButLineEnd);
            case '(':
                return ParseGroup();
            case '[':
                return Set(ParseClass());
            case '*' or '+' or '?':
                throw new PatternSyntaxException($"there is nothing to repeat before `{(char)c}`.");
            case '\\':
                return ParseEscape();
            default:
                return Set(CodePointSet.Of((c, c)));
        }
    }

    private PatternNode.Set Set(CodePointSet set) => new(Counted(IgnoresCase ? set.IgnoringCase() : set));

    private CodePointSet Counted(CodePointSet set)
    {
        _ranges += set.Count;
        return _ranges <= MaxRanges ? set : throw new PatternSyntaxException("its character classes are too large.");
    }

    private PatternNode ParseQuantifier(PatternNode item)
    {
        int min;
        int max;
        switch (Current)
        {
            case '*':
                (min, max) = (0, -1);
                _at++;
                break;
            case '+':
                (min, max) = (1, -1);
                _at++;
                break;
            case '?':
                (min, max) = (0, 1);
                _at++;
                break;
            case '{' when TryParseCounts(out min, out max):
                break;
            default:
                return item;
        }

        if (item is PatternNode.Anchor)
        {
            throw new PatternSyntaxException("an anchor cannot be repeated.");
        }

        if (max >= 0 && max < min)
        {
            throw new PatternSyntaxException($"the counts of {{{min},{max}}} are out of order.");
        }

        var isLazy = Current == '?';
        _at += isLazy ? 1 : 0;
        if (Current is '*' or '+' or '?')
        {
            throw new PatternSyntaxException($"there is nothing to repeat before `{(char)Current}`.");
        }

        return new PatternNode.Repeat(item, min, max, isLazy);
    }

    private bool TryParseCounts(out int min, out int max)
    {
        var start = _at++;
        max = -1;
        if (TryParseNumber(out min))
        {
            if (Current == ',')
            {
                _at++;
                if (!TryParseNumber(out max))
                {
                    max = -1;
                }
            }
            else
            {
                max = min;
            }

            if (Current == '}')
            {
                _at++;
                return true;
            }
        }

        _at = start;
        return false;
    }

    private bool TryParseNumber(out int value)
    {
        var start = _at;
        value = 0;
        while (Current is >= '0' and <= '9')
        {
            value = Math.Min(MaxCount, (value * 10) + (Current - '0'));
            _at++;
        }

        return _at > start;
    }

    private PatternNode ParseGroup()
    {
        PatternNode result;
        if (Current == '?')
        {
            _at++;
            switch (Current)
            {
                case ':':
                    _at++;
                    result = ParseChoice();
                    break;
                case '=' or '!':
                    result = ParseLook(isBehind: false);
                    break;
                case '<' when _at + 1 < _text.Length && _text[_at + 1] is '=' or '!':
                    _at++;
                    result = ParseLook(isBehind: true);
                    break;
                case '<':
                    _at++;
                    ReadGroupName();
                    var named = ++_groups;
                    result = new PatternNode.Group(ParseChoice(), named);
                    break;
                default:
                    throw new PatternSyntaxException("ECMAScript has no such group; `(?:`, `(?=`, `(?!`, `(?<=`, `(?<!` and `(?<name>` exist.");
            }
        }
        else
        {
            var number = ++_groups;
            result = new PatternNode.Group(ParseChoice(), number);
        }

        if (Current != ')')
        {
            throw new PatternSyntaxException("a `(` is not closed.");
        }

        _at++;
        return result;
    }

    private PatternNode.Look ParseLook(bool isBehind)
    {
        NeedsBacktracking = true;
        var isNegative = _text[_at++] == '!';
        return new PatternNode.Look(ParseChoice(), isBehind, isNegative);
    }

    private string ReadGroupName()
    {
        var name = NameAt(_at);
        var end = Array.IndexOf(_text, '>', _at);
        if (end < 0 || name.Length == 0 || !(char.IsLetter(name[0]) || name[0] is '_' or '$'))
        {
            throw new PatternSyntaxException("a group name is malformed.");
        }

        _at = end + 1;
        return name;
    }

    private PatternNode ParseEscape()
    {
        switch (Current)
        {
            case 'b':
                _at++;
                return new PatternNode.Anchor(AnchorKind.WordBoundary);
            case 'B':
                _at++;
                return new PatternNode.Anchor(AnchorKind.NotWordBoundary);
            case 'k':
                _at++;
                if (Current != '<')
                {
                    throw new PatternSyntaxException("`\\k` must be followed by a group name in angle brackets.");
                }

                _at++;
                var name = ReadGroupName();
                var number = _groupNames.IndexOf(name) + 1;
                NeedsBacktracking = true;
                return number > 0 ? new PatternNode.BackReference(number) : throw new PatternSyntaxException($"there is no group `{name}`.");
            case >= '1' and <= '9':
                TryParseNumber(out var reference);
                NeedsBacktracking = true;
                _highestReference = Math.Max(_highestReference, reference);
                return new PatternNode.BackReference(reference);
            default:
                return Set(ParseCharacterEscape(inClass: false));
        }
    }
}

/// <summary>A pattern is not valid; the message completes "The regular expression is not valid: ".</summary>
internal sealed class PatternSyntaxException(string message) : Exception(message);
