using System.Buffers;
using System.Collections.Immutable;
using ConfigLsp.Configuration.Caching;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Schema;

namespace ConfigLsp.Configuration.Service;

/// <summary>Answers reads from the merged view, and remembers the answers.</summary>
internal sealed class SettingReader(LayeredView view, RevisionLedger ledger, SettingCache<SettingAnswer> cache, Func<SourceSlot?> defaultTarget)
{
    /// <summary>Stands for a revision that cannot be told at the moment; no expectation equals it.</summary>
    public const long UnknownRevision = -1;

    // Together half a second, longer than an update holds a file on any usual disk.
    private const int MaxAttempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>The answer that is remembered for a key; null where the sources or the state database must be asked.</summary>
    public SettingAnswer? FindRemembered(SettingKey key) => view.IsFresh && cache.TryGet(key, out var answer) ? answer : null;

    /// <summary>Reads keys. A bad key is an error of its item.</summary>
    public async ValueTask<ServiceResult<GetResult>> GetAsync(GetRequest request, SourceSlot? revisionsOf, CancellationToken cancellationToken)
    {
        if (request.Keys.Length > GetRequest.MaxKeys)
        {
            return new ServiceError(ServiceErrors.LimitExceeded, $"A read has at most {GetRequest.MaxKeys} keys, but this one has {request.Keys.Length}.");
        }

        var items = new SettingAnswer[request.Keys.Length];
        var missing = new List<(int Index, SettingKey Key)>();
        var mustLook = request.MaxStale is { } age && !view.IsFreshWithin(age);
        var mayRemember = !mustLook && revisionsOf is null;
        for (var i = 0; i < items.Length; i++)
        {
            if (!request.Keys[i].Parse().TryGet(out var key, out var error))
            {
                items[i] = new SettingAnswer(error.Key ?? string.Empty) { Error = error };
            }
            else if (mayRemember && FindRemembered(key) is { } known)
            {
                items[i] = known;
            }
            else
            {
                missing.Add((i, key));
            }
        }

        if (missing.Count > 0)
        {
            var generation = cache.Generation;
            var read = await ReadAsync(mustLook, revisionsOf ?? defaultTarget(), [.. missing.Select(static m => m.Key)], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < missing.Count; i++)
            {
                var (index, key) = missing[i];
                var answer = Answer(read.View, key, read.Revisions[i]);
                var remembered = answer with { Freshness = answer.Freshness == Freshness.Fresh ? Freshness.Cached : answer.Freshness };
                items[index] = read.IsVerified ? answer : remembered;
                if (mayRemember && answer is { Error: null, Revision: not UnknownRevision })
                {
                    cache.Set(key, remembered, generation);
                }
            }
        }

        if (request.Default is { } otherwise)
        {
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = items[i] is { Value: null, Error: null or { Descriptor.Name: nameof(ServiceErrors.UnknownKey) } }
                    ? items[i] with { Value = otherwise, Error = null }
                    : items[i];
            }
        }

        return new GetResult(missing.Count == 0 ? ledger.Newest : ledger.Revision, [.. items]);
    }

    /// <summary>
    /// A view, and when keys last changed in the file of the target: of the very content that is in the view. A revision that is newer than the value
    /// beside it would let a client overwrite a change that it has not seen.
    /// </summary>
    private async ValueTask<(ConfigurationSnapshot View, ImmutableArray<long> Revisions, bool IsVerified)> ReadAsync(
        bool mustLook, SourceSlot? target, ImmutableArray<SettingKey> keys, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var isVerified = mustLook || attempt > 0 || !view.IsFresh;
            var snapshot = isVerified ? await view.VerifyAsync(cancellationToken).ConfigureAwait(false) : await view.ReadAsync(cancellationToken).ConfigureAwait(false);
            var layer = target is null ? null : snapshot.Layers.FirstOrDefault(l => l.Name == target.Name);
            if (layer is null || ledger.KeyRevisions(ledger.TargetOf(target!.Plan, layer.Content), keys) is not { } tracked)
            {
                return (snapshot, [.. keys.Select(static _ => 0L)], isVerified);
            }

            // While the file cannot be used, what is served is from before and no update can be made anyhow.
            if ((tracked.IsTracked && tracked.Hash == layer.Content?.Hash) || layer.State is not (LayerState.Loaded or LayerState.Missing) || ledger.Error is not null)
            {
                return (snapshot, tracked.Revisions, isVerified);
            }

            if (attempt == MaxAttempts)
            {
                return (snapshot, [.. keys.Select(static _ => UnknownRevision)], isVerified);
            }

            // An update is under way: its file is there and its record not yet, or the other way round.
            await Task.Delay(attempt == 0 ? TimeSpan.Zero : Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The answer about one key in a view.</summary>
    public static SettingAnswer Answer(ConfigurationSnapshot snapshot, SettingKey key, long revision)
    {
        if (snapshot.Find(key) is not { } node)
        {
            var isUnknown = snapshot.Schema is { } schema && SchemaKeys.Find(schema, key.Segments).State == KeyState.Closed;
            return new SettingAnswer(key.ToString())
            {
                Revision = revision,
                Error = isUnknown ? new ServiceError(ServiceErrors.UnknownKey, $"'{key}' is not a key of these settings.") { Key = key.ToString() } : null,
            };
        }

        var layer = snapshot.Layers[node.Origin.Layer];
        return new SettingAnswer(key.ToString())
        {
            Value = JsonRendering.ToJson(node),
            Source = layer.Name,
            Freshness = layer.State == LayerState.LastGood ? Freshness.LastGood
                : layer.Type == SourceType.Http ? Freshness.Cached
                : Freshness.Fresh,
            Revision = revision,
        };
    }

    /// <summary>The keys of values that are set, in the order of their characters.</summary>
    /// <param name="snapshot">The view.</param>
    /// <param name="prefix">Only keys that are this one or lie within it; the root for all.</param>
    /// <param name="limit">The most to give.</param>
    /// <param name="cursor">The last key of the page before, or null.</param>
    public static KeyPage List(ConfigurationSnapshot snapshot, SettingKey prefix, int limit, string? cursor)
    {
        var keys = new List<string>();
        if (snapshot.Find(prefix) is { } node)
        {
            Collect(node, prefix, keys);
        }

        keys.Sort(StringComparer.Ordinal);
        var start = cursor is null ? 0 : keys.BinarySearch(cursor, StringComparer.Ordinal);
        start = start < 0 ? ~start : cursor is null ? 0 : start + 1;
        ImmutableArray<string> page = [.. keys.Skip(start).Take(limit)];
        return new KeyPage(page, start + page.Length < keys.Count ? page[^1] : null);
    }

    /// <summary>The merged settings, or a part of them, with secrets hidden.</summary>
    public static EffectiveDocument Effective(ConfigurationSnapshot snapshot, SettingKey section)
    {
        var redacted = ImmutableArray.CreateBuilder<string>();
        var output = new ArrayBufferWriter<byte>();
        Write(snapshot.Find(section) ?? SettingNode.Empty, section);
        return new EffectiveDocument(output.WrittenMemory, redacted.ToImmutable());

        void Write(SettingNode node, SettingKey key)
        {
            if (snapshot.IsSecret(key))
            {
                JsonRendering.WriteText(EffectiveDocument.Redacted, output);
                redacted.Add(key.ToString());
            }
            else if (!snapshot.HoldsSecret(key))
            {
                JsonRendering.Write(node, output);
            }
            else if (!node.IsObject)
            {
                // A secret within an array cannot be taken out without changing what the others mean.
                JsonRendering.WriteText(EffectiveDocument.Redacted, output);
                redacted.Add(key.ToString());
            }
            else
            {
                output.Write("{"u8);
                for (var i = 0; i < node.Members.Length; i++)
                {
                    output.Write(i == 0 ? ""u8 : ","u8);
                    JsonRendering.WriteText(node.Members[i].Name, output);
                    output.Write(":"u8);
                    Write(node.Members[i].Node, key.Append(node.Members[i].Name));
                }

                output.Write("}"u8);
            }
        }
    }

    private static void Collect(SettingNode node, SettingKey key, List<string> keys)
    {
        if (node.Members.IsEmpty)
        {
            if (!key.IsRoot)
            {
                keys.Add(key.ToString());
            }

            return;
        }

        foreach (var member in node.Members)
        {
            Collect(member.Node, key.Append(member.Name), keys);
        }
    }
}
