using System.Collections.Immutable;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>Joins changes that were made one after the other into one list of changes of the original text.</summary>
internal sealed class ChangeComposition
{
    private readonly SourceText _original;

    /// <summary>The current text: stretches of the original, and new text between them.</summary>
    private List<Stretch> _stretches;

    public ChangeComposition(SourceText original)
    {
        _original = original;
        _stretches = [new Stretch(original.FullSpan, default)];
    }

    /// <summary>Applies changes of the current text, given by offset.</summary>
    public void Add(ImmutableArray<TextChange> changes)
    {
        if (changes.IsEmpty)
        {
            return;
        }

        var result = new List<Stretch>(_stretches.Count + (2 * changes.Length));
        var rest = new Queue<Stretch>(_stretches);
        var first = default(Stretch);
        var at = 0;
        foreach (var change in changes)
        {
            Take(rest, ref first, change.Span.Start - at, result);
            Take(rest, ref first, change.Span.Length, null);
            result.Add(new Stretch(null, change.NewText));
            at = change.Span.End;
        }

        result.Add(first);
        result.AddRange(rest);
        result.RemoveAll(static stretch => stretch.Length == 0);
        _stretches = result;
    }

    /// <summary>The changes from the original text to the current one, without those that put back what was there.</summary>
    public ImmutableArray<TextChange> ToChanges()
    {
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        var added = new List<byte>();
        var at = 0;
        foreach (var stretch in _stretches.Append(new Stretch(new TextSpan(_original.Length, 0), default)))
        {
            if (stretch.Kept is not { } kept)
            {
                added.AddRange(stretch.Added.Span);
                continue;
            }

            var replaced = TextSpan.FromBounds(at, kept.Start);
            var text = added.ToArray();
            if (!_original.Span[at..kept.Start].SequenceEqual(text))
            {
                changes.Add(new TextChange(replaced, text));
            }

            added.Clear();
            at = kept.End;
        }

        return changes.ToImmutable();
    }

    /// <summary>The place in the original text of a place in the current one; of new text, where it was inserted.</summary>
    public TextSpan ToOriginal(TextSpan span) => TextSpan.FromBounds(ToOriginal(span.Start), Math.Max(ToOriginal(span.Start), ToOriginal(span.End)));

    private int ToOriginal(int offset)
    {
        var original = 0;
        foreach (var stretch in _stretches)
        {
            if (stretch.Kept is { } kept)
            {
                if (offset < kept.Length)
                {
                    return kept.Start + offset;
                }

                original = kept.End;
            }
            else if (offset < stretch.Length)
            {
                return original;
            }

            offset -= stretch.Length;
        }

        return original;
    }

    private static void Take(Queue<Stretch> rest, ref Stretch first, int count, List<Stretch>? target)
    {
        while (count > 0)
        {
            if (first.Length == 0)
            {
                first = rest.Dequeue();
                continue;
            }

            var taken = Math.Min(count, first.Length);
            target?.Add(first.Slice(0, taken));
            first = first.Slice(taken, first.Length - taken);
            count -= taken;
        }
    }

    private readonly record struct Stretch(TextSpan? Kept, ReadOnlyMemory<byte> Added)
    {
        public int Length => Kept?.Length ?? Added.Length;

        public Stretch Slice(int start, int length) =>
            Kept is { } kept ? new Stretch(new TextSpan(kept.Start + start, length), default) : new Stretch(null, Added.Slice(start, length));
    }
}
