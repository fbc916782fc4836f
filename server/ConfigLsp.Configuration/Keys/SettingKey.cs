using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Keys;

/// <summary>
/// The name of a setting: the way to it through nested objects. Written with dots between its segments, such as <c>agent.limits.max</c>; a key
/// whose segments hold dots themselves is given segment by segment. The empty key stands for all settings and is made by <see cref="Root"/> only.
/// </summary>
public sealed class SettingKey : IEquatable<SettingKey>
{
    /// <summary>The most segments of a key.</summary>
    public const int MaxSegments = 32;

    /// <summary>The most bytes of a key, in UTF-8, with a dot between two segments.</summary>
    public const int MaxBytes = 1024;

    /// <summary>All settings.</summary>
    public static readonly SettingKey Root = new([], string.Empty);

    private readonly string _text;

    private SettingKey(ImmutableArray<string> segments, string text)
    {
        Segments = segments;
        _text = text;
    }

    /// <summary>The names on the way, outermost first.</summary>
    public ImmutableArray<string> Segments { get; }

    /// <summary>Whether this is <see cref="Root"/>.</summary>
    public bool IsRoot => Segments.IsEmpty;

    /// <summary>The key around this one; <see cref="Root"/> of a key with one segment.</summary>
    public SettingKey Parent => Segments.Length <= 1 ? Root : new SettingKey(Segments[..^1], string.Join('.', Segments[..^1]));

    /// <summary>The key as a JSON Pointer (RFC 6901).</summary>
    public string Pointer => string.Concat(Segments.Select(static s => "/" + JsonPointer.Escape(s)));

    /// <summary>Reads a dotted key. A refusal says what is wrong with it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SettingKey? key, [NotNullWhen(false)] out string? refusal) =>
        TryCreate(text is null ? [] : [.. text.Split('.', MaxSegments + 2)], text ?? string.Empty, out key, out refusal);

    /// <summary>Makes a key of literal segments, which may hold dots. A refusal says what is wrong with it.</summary>
    public static bool TryCreate(ImmutableArray<string> segments, [NotNullWhen(true)] out SettingKey? key, [NotNullWhen(false)] out string? refusal) =>
        TryCreate(segments, string.Join('.', segments), out key, out refusal);

    /// <summary>A key within this one. The name comes from a document or a schema, and is not examined.</summary>
    public SettingKey Append(string name) => new(Segments.Add(name), IsRoot ? name : $"{_text}.{name}");

    /// <summary>Whether the other key is this one or lies within it.</summary>
    public bool Contains(SettingKey other) => other.Segments.Length >= Segments.Length && other.Segments.AsSpan()[..Segments.Length].SequenceEqual(Segments.AsSpan());

    /// <inheritdoc />
    public bool Equals(SettingKey? other) => other is not null && Segments.AsSpan().SequenceEqual(other.Segments.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SettingKey);

    /// <inheritdoc />
    public override int GetHashCode() => string.GetHashCode(_text, StringComparison.Ordinal);

    /// <summary>The segments with dots between them.</summary>
    public override string ToString() => _text;

    private static bool TryCreate(ImmutableArray<string> segments, string text, [NotNullWhen(true)] out SettingKey? key, [NotNullWhen(false)] out string? refusal)
    {
        refusal = FindFault(segments, text);
        key = refusal is null ? new SettingKey(segments, text) : null;
        return refusal is null;
    }

    private static string? FindFault(ImmutableArray<string> segments, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "A key must not be empty.";
        }

        // Length first: nothing else is said about a text that is out of all proportion.
        if (text.Length > MaxBytes || Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            return $"A key has at most {MaxBytes} bytes.";
        }

        if (segments.Length > MaxSegments)
        {
            return $"A key has at most {MaxSegments} segments.";
        }

        foreach (var segment in segments)
        {
            if (FindFault(segment) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? FindFault(string segment)
    {
        if (string.IsNullOrWhiteSpace(segment))
        {
            return "A key must not have an empty segment: neither at an end nor between two dots.";
        }

        if (segment.Contains("..", StringComparison.Ordinal))
        {
            return "A key must not hold '..'.";
        }

        foreach (var rune in segment.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029)
            {
                return $"A key must not hold control characters, but holds U+{rune.Value:X4}.";
            }

            if (rune.Value is '<' or '>' or '"' or '\'')
            {
                return $"A key must not hold {rune}.";
            }

            if (rune == Rune.ReplacementChar && !segment.Contains('\uFFFD', StringComparison.Ordinal))
            {
                return "A key must not hold half of a surrogate pair.";
            }
        }

        return null;
    }
}
