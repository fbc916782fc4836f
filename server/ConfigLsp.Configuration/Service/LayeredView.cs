using System.Collections.Immutable;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Schema;

namespace ConfigLsp.Configuration.Service;

/// <summary>
/// The merged settings of a workspace, kept up to date: reads the sources when they are first needed, when they say that they changed and when
/// what is known is too old, and replaces the immutable view in one step.
/// </summary>
internal sealed class LayeredView : IAsyncDisposable
{
    private readonly Func<CancellationToken, ValueTask<JsonSchema?>> _schema;
    private readonly Action<ViewChange> _changed;
    private readonly TimeSpan _timeToLive;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _building = new(1);
    private readonly CancellationTokenSource _lifetime = new();
    private readonly TaskBag _background = new();
    private volatile ConfigurationSnapshot? _current;
    private long _verifiedAt;

    /// <param name="slots">The sources, weakest first.</param>
    /// <param name="schema">Gives the schema of the merged settings.</param>
    /// <param name="timeToLive">For how long local sources are believed without being looked at; zero for not at all.</param>
    /// <param name="changed">Told of every new view, one at a time and in order.</param>
    /// <param name="time">The clock.</param>
    public LayeredView(
        ImmutableArray<SourceSlot> slots, Func<CancellationToken, ValueTask<JsonSchema?>> schema, TimeSpan timeToLive, Action<ViewChange> changed, TimeProvider time)
    {
        Slots = slots;
        _schema = schema;
        _timeToLive = timeToLive;
        _changed = changed;
        _time = time;
    }

    /// <summary>The sources, weakest first.</summary>
    public ImmutableArray<SourceSlot> Slots { get; }

    /// <summary>Told of bugs in what runs in the background.</summary>
    public Action<Exception>? Failed
    {
        get => _background.Failed;
        init => _background.Failed = value;
    }

    /// <summary>The view as it is known; null before the first read.</summary>
    public ConfigurationSnapshot? Current => _current;

    /// <summary>Whether what is known may be served without looking at the sources.</summary>
    public bool IsFresh => IsFreshWithin(_timeToLive);

    /// <summary>Whether the local sources were looked at within this time.</summary>
    public bool IsFreshWithin(TimeSpan age) => _current is not null && _time.GetElapsedTime(Volatile.Read(ref _verifiedAt)) < age;

    /// <summary>Starts to look for changes of the sources.</summary>
    public void Watch()
    {
        foreach (var slot in Slots)
        {
            slot.Source?.Watch(() => Refresh(slot));
        }
    }

    /// <summary>The view for a read. Waits for one attempt of each source at most, and for none that has an earlier content and is not local.</summary>
    public ValueTask<ConfigurationSnapshot> ReadAsync(CancellationToken cancellationToken) =>
        IsFresh ? new ValueTask<ConfigurationSnapshot>(_current!) : new ValueTask<ConfigurationSnapshot>(VerifyAsync(cancellationToken));

    /// <summary>Reads sources again, with retries, and waits for them.</summary>
    public async Task ReloadAsync(Func<SourceSlot, bool> which, AttemptMode mode, CancellationToken cancellationToken)
    {
        // The defaults and the variables are read by the schema.
        _ = await _schema(cancellationToken).ConfigureAwait(false);
        await LoadAsync([.. Slots.Where(which)], mode, cancellationToken).ConfigureAwait(false);
        await BuildAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts the view together anew from what is known, for instance with another schema or after an update.</summary>
    public async Task<ConfigurationSnapshot> BuildAsync(CancellationToken cancellationToken)
    {
        await _building.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var schema = await _schema(cancellationToken).ConfigureAwait(false);
            var old = _current;
            var next = ConfigurationSnapshot.Create(Slots.Select(ToEntry), schema);
            if (old is not null && ReferenceEquals(old.Schema, schema) && IsSame(old.Layers, next.Layers))
            {
                return old;
            }

            _current = next;
            Tell(new ViewChange(old, next));
            return next;
        }
        finally
        {
            _building.Release();
        }
    }

    /// <summary>The view as it would be with another content of one source.</summary>
    public ConfigurationSnapshot Preview(ConfigurationSnapshot current, SourceSlot changed, SourceContent content) => ConfigurationSnapshot.Create(
        Slots.Select(s => s == changed
            ? (ToEntry(s).Layer with { State = LayerState.Loaded, Content = content, Error = null }, EntriesOf(s.Plan, content))
            : ToEntry(s)),
        current.Schema);

    /// <summary>The settings in a document of a source.</summary>
    public static LayerEntries? EntriesOf(PlannedSource source, SourceContent? content) => content switch
    {
        null => null,
        _ when source is { Type: SourceType.VsCode, Configuration.Section: { } section } => LayerEntries.OfSection(content.Tree, section),
        _ => LayerEntries.Of(content.Tree),
    };

    public async ValueTask DisposeAsync()
    {
        await _lifetime.CancelAsync().ConfigureAwait(false);
        foreach (var slot in Slots)
        {
            slot.Dispose();
        }

        // An operation that has begun with this view may still need it: the semaphore, which holds nothing, is left to the collector.
        await _background.WaitAsync().ConfigureAwait(false);
        _lifetime.Dispose();
    }

    private static (Layer Layer, LayerEntries? Entries) ToEntry(SourceSlot slot)
    {
        var status = slot.Status;
        var layer = new Layer(slot.Name, slot.Plan.Type, status.State)
        {
            Content = status.Content,
            Error = status.Error,
            Section = slot.Plan.Type == SourceType.VsCode ? slot.Plan.Configuration.Section : null,
        };
        return (layer, EntriesOf(slot.Plan, status.Content));
    }

    private void Tell(ViewChange change)
    {
        try
        {
            _changed(change);
        }
        catch (Exception exception)
        {
            // A bug of a listener must not take the change from the next reader.
            Failed?.Invoke(exception);
        }
    }

    private static bool IsSame(ImmutableArray<Layer> a, ImmutableArray<Layer> b) =>
        a.Zip(b).All(static p => p.First.State == p.Second.State && ReferenceEquals(p.First.Content, p.Second.Content) && Equals(p.First.Error, p.Second.Error));

    /// <summary>The view after one attempt of each local source, whatever is known.</summary>
    public async Task<ConfigurationSnapshot> VerifyAsync(CancellationToken cancellationToken)
    {
        // Taken before the sources are looked at: what happens to them meanwhile is not known.
        var now = _time.GetTimestamp();
        _ = await _schema(cancellationToken).ConfigureAwait(false);
        var waited = Slots.Where(static s => s.Plan.Type != SourceType.Http || s.Status.AttemptedAt is null).ToImmutableArray();
        foreach (var slot in Slots.Except(waited))
        {
            Refresh(slot);
        }

        await LoadAsync(waited, AttemptMode.Single, cancellationToken).ConfigureAwait(false);
        foreach (var slot in waited.Where(static s => s.Status is { State: LayerState.Failed or LayerState.LastGood, Error.Descriptor.IsRetryable: true }))
        {
            // The reader does not wait for retries, but they are made.
            Refresh(slot);
        }

        var view = await BuildAsync(cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _verifiedAt, now);
        return view;
    }

    private static async Task LoadAsync(ImmutableArray<SourceSlot> slots, AttemptMode mode, CancellationToken cancellationToken) =>
        await Task.WhenAll(slots.Select(s => s.LoadAsync(mode, cancellationToken))).ConfigureAwait(false);

    /// <summary>Reads a source again in the background, with retries.</summary>
    public void Refresh(SourceSlot slot) => _background.Run(
        async () =>
        {
            await slot.LoadAsync(AttemptMode.Full, _lifetime.Token).ConfigureAwait(false);
            await BuildAsync(_lifetime.Token).ConfigureAwait(false);
        },
        slot);
}

/// <summary>A new view.</summary>
/// <param name="Old">What was served before; null for the first one.</param>
/// <param name="New">What is served now.</param>
internal readonly record struct ViewChange(ConfigurationSnapshot? Old, ConfigurationSnapshot New);
