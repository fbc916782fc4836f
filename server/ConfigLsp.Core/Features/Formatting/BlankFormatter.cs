using System.Collections.Immutable;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Formatting;

/// <summary>
/// Goes through the tokens and decides for each pair of neighbours what blanks stand between them. It looks at neighbours and depth only, so a
/// broken document is formatted around what is broken. Tokens are never touched, and never joined or torn apart.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="options">How it is to look.</param>
/// <param name="changes">What is changed.</param>
/// <param name="isGentle">Whether only what nobody would do otherwise is changed: no line breaks, nothing inside brackets.</param>
internal ref struct BlankFormatter(SourceText text, FormattingOptions options, ChangeCollector changes, bool isGentle)
{
    private const int TokensBetweenChecks = 4096;

    private readonly Indentation _indentation = new(text, options);
    private readonly bool _keepsLines = options.KeepLines || isGentle;
    private int _depth;
    private int _conflictDepth;

    /// <summary>Formats what lies from <paramref name="start"/> to <paramref name="end"/>, each the border of a line or of the text.</summary>
    /// <param name="start">Where tokens are read from; not inside of one.</param>
    /// <param name="end">Where tokens are read to.</param>
    /// <param name="depth">The depth of the first line; null where it is what the line shows.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public ImmutableArray<TextChange> Format(int start, int end, int? depth, CancellationToken cancellationToken)
    {
        var bytes = text.Span[..end];
        var scanner = new FormattingScanner(bytes, start);
        var left = scanner.Next();
        if (left.Kind == TokenKind.End)
        {
            return [];
        }

        _depth = depth ?? _indentation.DepthOf(bytes[LineStart(left.Start)..]);
        FormatStart(start, left);

        // The token that decides what follows it: comments behind it on its line are passed over.
        var anchor = left;
        for (var count = 1; left.Kind != TokenKind.End; count++)
        {
            if (count % TokensBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (changes.IsTooMuch)
                {
                    return [];
                }
            }

            if (options.TrimTrailingWhitespace && left.IsComment)
            {
                TrimComment(left);
            }

            var right = scanner.Next();
            if (right.Kind == TokenKind.End)
            {
                FormatEnd(left, right);
            }
            else if (right is { IsComment: true, Breaks: 0 })
            {
                if (left.Kind is not (TokenKind.Unknown or TokenKind.ConflictMarker))
                {
                    changes.Replace(left.End, right.Start, Space);
                }

                left = right;
                continue;
            }
            else
            {
                FormatPair(anchor, left, right);
            }

            anchor = left = right;
        }

        return changes.ToChanges();
    }

    private readonly int LineStart(int offset) => text.Lines.GetLineStart(text.Lines.GetLine(offset));

    private void FormatStart(int start, FormattingToken first)
    {
        if (first.Kind == TokenKind.ConflictMarker)
        {
            return;
        }

        var isTextStart = start == (text.HasByteOrderMark ? 3 : 0);
        if (isTextStart)
        {
            changes.Replace(start, first.Start, _keepsLines && first.Breaks > 0 ? _indentation.Breaks(first.Breaks) : _indentation.LineStart(_depth));
        }
        else if (LineStart(first.Start) is var lineStart && lineStart >= start)
        {
            // Empty lines before it stay: the range starts at one of them, not at the token before it.
            changes.Replace(lineStart, first.Start, _indentation.LineStart(_depth));
        }
    }

    private void FormatPair(FormattingToken anchor, FormattingToken left, FormattingToken right)
    {
        var isEmptyContainer = false;
        if (right.IsClosing)
        {
            isEmptyContainer = anchor.IsOpening;
            if (!isEmptyContainer)
            {
                _depth = Math.Max(0, _depth - 1);
            }
            else if (!right.Closes(anchor.Kind))
            {
                return;
            }
        }
        else if (anchor.IsOpening)
        {
            _depth++;
        }

        if (right.Kind == TokenKind.ConflictMarker)
        {
            EnterConflict(right);
            changes.Replace(left.End, right.Start, _indentation.Breaks(_keepsLines ? right.Breaks : 1));
            return;
        }

        var lineBreak = BreakOf(anchor, left, right, isEmptyContainer);
        if (lineBreak > 0)
        {
            changes.Replace(left.End, right.Start, _indentation.NewLine(lineBreak, _depth));
        }
        else if (lineBreak == 0 && BlankOf(anchor, right, isEmptyContainer) is { } blank)
        {
            changes.Replace(left.End, right.Start, blank);
        }
    }

    /// <summary>How many line breaks stand between the tokens; -1 where the blanks stay as they are.</summary>
    private readonly int BreakOf(FormattingToken anchor, FormattingToken left, FormattingToken right, bool isEmptyContainer)
    {
        var kept = _keepsLines ? right.Breaks : Math.Min(right.Breaks, 1);

        // What lies behind a comment to the end of the line must stay on another line, and what is broken on its own.
        if (left.Kind is TokenKind.LineComment or TokenKind.ConflictMarker || (kept > 0 && IsBroken(anchor, right)))
        {
            return Math.Max(kept, 1);
        }

        if (IsBroken(anchor, right))
        {
            return -1;
        }

        if (_keepsLines || right.IsComment || anchor.IsComment)
        {
            return kept;
        }

        return !isEmptyContainer && (right.IsClosing || anchor.IsOpening || anchor.Kind == TokenKind.Comma) ? 1 : 0;
    }

    /// <summary>Whether the two cannot stand beside one another, so that what is between them is not ours to judge.</summary>
    private readonly bool IsBroken(FormattingToken anchor, FormattingToken right)
    {
        if (anchor.Kind == TokenKind.Unknown || right.Kind == TokenKind.Unknown)
        {
            return true;
        }

        // A name on the next line is not the value that is missing here.
        if (anchor.Kind == TokenKind.Colon && right is { Kind: TokenKind.Word, Breaks: > 0 } && IsName(right))
        {
            return true;
        }

        var isValueEnd = anchor.Kind == TokenKind.Word || anchor.IsClosing;
        return (isValueEnd && (right.Kind == TokenKind.Word || right.IsOpening)) || (anchor.IsClosing && right.Kind == TokenKind.Colon);
    }

    private readonly bool IsName(FormattingToken word)
    {
        var behind = text.Span[word.End..];
        var next = behind.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return next >= 0 && behind[next] == (byte)':';
    }

    /// <summary>The blanks between two tokens of one line; null where they stay as they are.</summary>
    private readonly ReadOnlyMemory<byte>? BlankOf(FormattingToken anchor, FormattingToken right, bool isEmptyContainer)
    {
        if (right.IsClosing || anchor.IsOpening)
        {
            return isGentle ? default(ReadOnlyMemory<byte>?) : isEmptyContainer && !_keepsLines ? Nothing : Space;
        }

        var isValueEnd = anchor.Kind == TokenKind.Word || anchor.IsClosing;
        return isValueEnd && right.Kind is TokenKind.Comma or TokenKind.Colon ? Nothing : Space;
    }

    private static ReadOnlyMemory<byte> Nothing => default;

    private static ReadOnlyMemory<byte> Space { get; } = " "u8.ToArray();

    /// <summary>Each side of a conflict starts at the depth at which the conflict does.</summary>
    private void EnterConflict(FormattingToken marker)
    {
        switch (text.Span[marker.Start])
        {
            case (byte)'<':
                _conflictDepth = _depth;
                break;
            case (byte)'=' or (byte)'|':
                _depth = _conflictDepth;
                break;
        }
    }

    private readonly void FormatEnd(FormattingToken left, FormattingToken end)
    {
        if (end.End < text.Length)
        {
            changes.Replace(left.End, end.Start, default);
            return;
        }

        // What has no end, a comment for instance, would swallow a line break.
        if (left.Kind == TokenKind.Unknown && end.Breaks == 0)
        {
            return;
        }

        var breaks = _keepsLines && !options.TrimFinalNewlines ? end.Breaks : Math.Min(end.Breaks, 1);
        changes.Replace(left.End, end.Start, _indentation.Breaks(Math.Max(breaks, options.InsertFinalNewline ? 1 : 0)));
    }

    private readonly void TrimComment(FormattingToken comment)
    {
        var bytes = text.Span;
        for (var at = comment.Start; at < comment.End;)
        {
            var length = bytes[at..comment.End].IndexOfAny((byte)'\n', (byte)'\r');
            var end = length < 0 ? comment.End : at + length;
            var trimmed = at + bytes[at..end].LastIndexOfAnyExcept((byte)' ', (byte)'\t') + 1;
            changes.Replace(trimmed, end, default);
            at = end + 1;
        }
    }
}
