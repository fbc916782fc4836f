using System.Buffers;
using System.Collections.Immutable;
using ConfigLsp.Configuration.Caching;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Schema;

namespace ConfigLsp.Configuration.Service;

/// <summary>Answers reads from the merged view, and remembers the answers.</summary>
internal sealed class SettingReader(LayeredView view, RevisionLedger ledger, SettingCache<SettingAnswer> cache, Func<SourceSlot?> defaultTarget)
{
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
        var mayRemember = request.MaxStale != TimeSpan.Zero && revisionsOf is null;
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
            var snapshot = request.MaxStale == TimeSpan.Zero
                ? await view.VerifyAsync(cancellationToken).ConfigureAwait(false)
                : await view.ReadAsync(cancellationToken).ConfigureAwait(false);
            var revisions = ledger.KeyRevisions(TargetOf(revisionsOf ?? defaultTarget()), [.. missing.Select(static m => m.Key)]);
            for (var i = 0; i < missing.Count; i++)
            {
                var (index, key) = missing[i];
                items[index] = Answer(snapshot, key, revisions[i]);
                if (mayRemember && items[index].Error is null)
                {
                    cache.Set(key, items[index] with { Freshness = items[index].Freshness == Freshness.Fresh ? Freshness.Cached : items[index].Freshness }, generation);
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
            Freshness = layer.State == LayerState.LastGood ? Freshness.LastGood : Freshness.Fresh,
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

    private static string? TargetOf(SourceSlot? slot) => slot is null ? null : RevisionLedger.TargetOf(slot.Plan, slot.Status.Content);

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
