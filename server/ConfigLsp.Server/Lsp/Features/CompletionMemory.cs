using System.Collections.Immutable;
using ConfigLsp.Core.Features.Completion;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>The last lists that were sent, so that one of their items can be described later. Safe for use by several threads.</summary>
internal sealed class CompletionMemory
{
    /// <summary>A client shows one list; a few more may be on their way to it.</summary>
    private const int MaxLists = 4;

    private readonly Lock _lock = new();
    private readonly Queue<(long Number, ImmutableArray<CompletionItem> Items)> _lists = [];
    private long _last;

    /// <summary>Keeps a list in place of the oldest, and gives the number to ask for it.</summary>
    public long Keep(ImmutableArray<CompletionItem> items)
    {
        lock (_lock)
        {
            if (_lists.Count == MaxLists)
                _lists.Dequeue();
            _lists.Enqueue((++_last, items));
            return _last;
        }
    }

    /// <summary>An item, or null where the list is not kept any more or never had it.</summary>
    public CompletionItem? Find(long number, int index)
    {
        lock (_lock)
        {
            foreach ((long kept, ImmutableArray<CompletionItem> items) in _lists)
            {
                if (kept == number && index >= 0 && index < items.Length)
                    return items[index];
            }
        }

        return null;
    }
}
