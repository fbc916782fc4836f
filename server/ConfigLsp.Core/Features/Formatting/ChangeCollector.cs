using System.Buffers;
using System.Collections.Immutable;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Formatting;

/// <summary>
/// Gathers replacements of blanks, each cut down to what differs. When they become too many, they and the text between them become one.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="within">What replacements must share a byte with, and what is left of them must touch; null for all of the text.</param>
/// <param name="maxChanges">How many are too many.</param>
internal sealed class ChangeCollector(SourceText text, TextSpan? within, int maxChanges)
{
    /// <summary>A text that would become so many times longer is nested beyond what a person reads, and is left alone.</summary>
    private const int MaxGrowth = 64;

    private readonly List<TextChange> _changes = [];
    private ArrayBufferWriter<byte>? _merged;
    private int _mergedStart;
    private int _mergedEnd;
    private long _added;

    /// <summary>Whether the result would be too large to be of use.</summary>
    public bool IsTooMuch => _added > Math.Min(((long)text.Length * MaxGrowth) + 65_536, SourceText.MaxLength - text.Length);

    /// <summary>Replaces the bytes from <paramref name="start"/> to <paramref name="end"/>, where that changes anything.</summary>
    public void Replace(int start, int end, ReadOnlyMemory<byte> content)
    {
        if (within is { } span && (start >= span.End || end < span.Start || (end == span.Start && start < end)))
        {
            return;
        }

        var before = text.Span[start..end];
        var after = content.Span;
        if (before.SequenceEqual(after))
        {
            return;
        }

        var prefix = before.CommonPrefixLength(after);
        while (prefix > 0 && before[prefix - 1] == (byte)'\r' && (StartsBreak(before, prefix) || StartsBreak(after, prefix)))
        {
            prefix--;
        }

        var suffix = 0;
        var most = Math.Min(before.Length, after.Length) - prefix;
        while (suffix < most && before[^(suffix + 1)] == after[^(suffix + 1)])
        {
            suffix++;
        }

        // A change inside CR LF would be a line break of its own to most editors.
        while (suffix > 0 && before[^suffix] == (byte)'\n' && (EndsWithReturn(before, suffix) || EndsWithReturn(after, suffix)))
        {
            suffix--;
        }

        var change = new TextChange(TextSpan.FromBounds(start + prefix, end - suffix), content[prefix..^suffix]);
        if (within is not { } around || change.Span.IntersectsWith(around))
        {
            Add(change);
        }
    }

    /// <summary>The changes, by offset.</summary>
    public ImmutableArray<TextChange> ToChanges() => IsTooMuch ? []
        : _merged is null ? [.. _changes]
        : [new TextChange(TextSpan.FromBounds(_mergedStart, _mergedEnd), _merged.WrittenMemory)];

    private void Add(TextChange change)
    {
        _added += change.NewText.Length - change.Span.Length;
        if (IsTooMuch)
        {
            return;
        }

        if (_merged is null && _changes.Count < maxChanges)
        {
            _changes.Add(change);
            return;
        }

        if (_merged is null)
        {
            _merged = new ArrayBufferWriter<byte>(Math.Max(256, text.Length));
            _mergedStart = _mergedEnd = _changes.Count > 0 ? _changes[0].Span.Start : change.Span.Start;
            foreach (var earlier in _changes)
            {
                Merge(_merged, earlier);
            }

            _changes.Clear();
        }

        Merge(_merged, change);
    }

    private void Merge(ArrayBufferWriter<byte> merged, TextChange change)
    {
        merged.Write(text.Span[_mergedEnd..change.Span.Start]);
        merged.Write(change.NewText.Span);
        _mergedEnd = change.Span.End;
    }

    private static bool StartsBreak(ReadOnlySpan<byte> blanks, int at) => at < blanks.Length && blanks[at] == (byte)'\n';

    private static bool EndsWithReturn(ReadOnlySpan<byte> blanks, int suffix) => blanks.Length > suffix && blanks[^(suffix + 1)] == (byte)'\r';
}
