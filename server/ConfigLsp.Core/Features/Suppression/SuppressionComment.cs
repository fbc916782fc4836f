using System.Text;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Suppression;

/// <summary>What a suppression applies to.</summary>
internal enum SuppressionScope
{
    /// <summary>The next line with something else than blanks and comments.</summary>
    NextLine,

    /// <summary>The line on which the comment starts.</summary>
    Line,

    /// <summary>All of the file.</summary>
    File,

    /// <summary>Nothing: the word behind <c>configlsp-disable-</c> is not known.</summary>
    None,
}

/// <summary>A comment that suppresses findings: <c>configlsp-disable-next-line unknown-key, type-mismatch -- reason</c>.</summary>
/// <param name="Span">The comment with its delimiters.</param>
/// <param name="Scope">What it applies to.</param>
/// <param name="Word">The place of the word that says so.</param>
/// <param name="Names">The rules that it names, with their places.</param>
internal sealed record SuppressionComment(TextSpan Span, SuppressionScope Scope, TextSpan Word, List<(string Id, TextSpan Span)> Names)
{
    public const string NextLine = "configlsp-disable-next-line";
    public const string Line = "configlsp-disable-line";
    public const string File = "configlsp-disable-file";

    private const int MaxNames = 100;

    private static ReadOnlySpan<byte> Prefix => "configlsp-disable-"u8;

    private static ReadOnlySpan<byte> Separators => ", \t\r\n"u8;

    /// <summary>Reads a comment; null if it suppresses nothing.</summary>
    public static SuppressionComment? Parse(SourceText text, TextSpan comment)
    {
        var bytes = text.Span;
        var end = comment.Length >= 4 && bytes[comment.Start + 1] == (byte)'*' && bytes[..comment.End].EndsWith("*/"u8) ? comment.End - 2 : comment.End;
        var start = Math.Min(comment.Start + 2, end);
        start += Math.Max(0, bytes[start..end].IndexOfAnyExcept(" \t\r\n"u8));
        if (!bytes[start..end].StartsWith(Prefix))
        {
            return null;
        }

        var at = TokenEnd(bytes[..end], start);
        var word = TextSpan.FromBounds(start, at);
        var scope = text.ToString(word) switch { NextLine => SuppressionScope.NextLine, Line => SuppressionScope.Line, File => SuppressionScope.File, _ => SuppressionScope.None };
        var names = new List<(string, TextSpan)>();
        while (names.Count < MaxNames)
        {
            var skip = bytes[at..end].IndexOfAnyExcept(Separators);
            if (skip < 0 || bytes[(at + skip)..end].StartsWith("--"u8))
            {
                break;
            }

            at += skip;
            var next = TokenEnd(bytes[..end], at);
            names.Add((Encoding.UTF8.GetString(bytes[at..next]), TextSpan.FromBounds(at, next)));
            at = next;
        }

        return new SuppressionComment(comment, scope, word, names);
    }

    private static int TokenEnd(ReadOnlySpan<byte> text, int at)
    {
        var length = text[at..].IndexOfAny(Separators);
        return length < 0 ? text.Length : at + length;
    }
}
