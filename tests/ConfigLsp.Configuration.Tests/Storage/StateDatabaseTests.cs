using System.Runtime.Versioning;
using System.Text;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Storage.State;
using ConfigLsp.Testing.Files;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Configuration.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class StateDatabaseTests : IDisposable
{
    private const string Target = "/w/.nofx/settings.json";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly StateDatabase _state;

    public StateDatabaseTests() => _state = Open();

    public void Dispose()
    {
        _state.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_first_content_of_a_file_is_no_revision_and_the_next_one_is()
    {
        Assert.Equal(new IngestResult(IngestOutcome.Baseline, 0), Ingest(null, "a"));
        Assert.Equal(new IngestResult(IngestOutcome.Unchanged, 0), Ingest("a", "a"));
        Assert.Equal(new IngestResult(IngestOutcome.Recorded, 1), Ingest("a", "b", "x.y"));
        Assert.Equal(new IngestResult(IngestOutcome.Stale, 1), Ingest("a", "c"));
        Assert.Equal(1, _state.Revision.Value);
        Assert.Equal("b", Text(_state.FindFile(Target).Value!.Content));
        Assert.Null(_state.FindFile("/elsewhere").Value);
        Assert.Equal(1, _state.KeyRevision(Target, Key("x")).Value);
    }

    [Fact]
    public void An_update_has_a_revision_when_it_is_complete()
    {
        var id = _state.BeginUpdate(Intent("a", "b", "one.two") with { TransactionId = "t1", RequestFingerprint = "f" }).Value;
        Assert.Equal(0, _state.Revision.Value);
        Assert.Equal(IngestOutcome.UpdatePending, Ingest("a", "b").Outcome);
        Assert.Equal(id, Assert.Single(_state.PendingUpdates(Target).Value).Id);
        Assert.Equal(1, _state.CompleteUpdate(id).Value);
        Assert.Empty(_state.PendingUpdates(Target).Value);
        Assert.Equal(IngestOutcome.Unchanged, Ingest("b", "b").Outcome);
        Assert.Equal(new AppliedTransaction(1, "f"), _state.FindTransaction("t1").Value);
        Assert.Equal("a", Text(_state.ContentBefore(1).Value.Content));
        Assert.Equal("b", Text(_state.ContentAfter(1).Value.Content));
        _clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Null(_state.FindTransaction("t1").Value);
    }

    [Fact]
    public void Two_processes_see_one_history()
    {
        using var other = Open();
        Assert.Equal(IngestOutcome.Baseline, Ingest(null, "0").Outcome);
        for (var i = 1; i <= 10; i++)
        {
            var state = i % 2 == 0 ? _state : other;
            var id = state.BeginUpdate(Intent($"{i - 1}", $"{i}", "n")).Value;
            Assert.Equal(i, state.CompleteUpdate(id).Value);
            Assert.Equal(i, (i % 2 == 0 ? other : _state).Revision.Value);
            Assert.Equal(i, (i % 2 == 0 ? other : _state).KeyRevision(Target, Key("n")).Value);
        }

        Assert.Equal(_state.StoreId.Value, other.StoreId.Value);
    }

    [Fact]
    public async Task No_revision_is_given_twice_however_many_write_at_once()
    {
        using var other = Open();
        var revisions = await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(() =>
        {
            var state = writer % 2 == 0 ? _state : other;
            var own = new List<long>();
            for (var i = 0; i < 30; i++)
            {
                var intent = Intent(i == 0 ? null : $"{writer}:{i - 1}", $"{writer}:{i}", "n") with { Target = $"/file{writer}" };
                own.Add(state.CompleteUpdate(state.BeginUpdate(intent).Value).Value);
            }

            Assert.Equal(own.Order(), own);
            return own;
        })));
        Assert.Equal(Enumerable.Range(1, 180).Select(n => (long)n), revisions.SelectMany(r => r).Order());
    }

    [Theory]
    [InlineData("b", 1, 0)]
    [InlineData("a", null, 1)]
    [InlineData("c", null, 1)]
    [InlineData(null, null, 1)]
    public void After_a_crash_the_content_tells_whether_an_update_was_made(string? found, int? completed, int abandoned)
    {
        Assert.Equal(IngestOutcome.Baseline, Ingest(null, "a").Outcome);
        Assert.True(_state.BeginUpdate(Intent("a", "b", "x") with { TransactionId = "t", RequestFingerprint = "f" }).IsSuccess);
        _state.Dispose();
        using var next = Open();
        Assert.Equal(new Recovery(completed, abandoned), next.Recover(Target, Hash(found)).Value);
        Assert.Empty(next.PendingUpdates(Target).Value);
        Assert.Equal(completed ?? 0, next.Revision.Value);
        Assert.Equal(completed, next.FindTransaction("t").Value?.Revision);
        Assert.Equal(completed ?? 0, next.KeyRevision(Target, Key("x")).Value);
        Assert.Equal(default, next.Recover(Target, Hash(found)).Value);
    }

    [Fact]
    public void An_abandoned_update_leaves_no_trace()
    {
        var id = _state.BeginUpdate(Intent("a", "b", "x") with { TransactionId = "t" }).Value;
        Assert.True(_state.AbandonUpdate(id).Value);
        Assert.False(_state.AbandonUpdate(id).Value);
        Assert.Same(ServiceErrors.Unavailable, _state.CompleteUpdate(id).Error!.Descriptor);
        Assert.Null(_state.FindTransaction("t").Value);
        Assert.Empty(_state.History(new HistoryQuery()).Value);
        Assert.Equal("a", Text(_state.FindFile(Target).Value!.Content));
    }

    [Fact]
    public void An_update_from_a_content_that_is_not_the_known_one_is_refused()
    {
        Ingest(null, "a");
        Assert.Same(ServiceErrors.Conflict, _state.BeginUpdate(Intent("other", "b")).Error!.Descriptor);
        Assert.Empty(_state.PendingUpdates(Target).Value);
    }

    [Theory]
    [InlineData("a.b", 3)]
    [InlineData("a", 3)]
    [InlineData("a.b.c", 3)]
    [InlineData("a.x", 2)]
    [InlineData("a.x.y", 2)]
    [InlineData("z", 1)]
    [InlineData("z.deep.er", 1)]
    [InlineData("ab", 0)]
    [InlineData("unknown", 0)]
    public void The_revision_of_a_key_counts_changes_of_it_within_it_and_around_it(string key, long expected)
    {
        Ingest(null, "0");
        Ingest("0", "1", "z", "a.b");
        Ingest("1", "2", "a.x");
        Ingest("2", "3", "a.b.c");
        Assert.Equal(expected, _state.KeyRevision(Target, Key(key)).Value);
        Assert.Equal([expected, 3, 0], _state.KeyRevision(Target, [Key(key), SettingKey.Root, Key("nothing")]).Value.ToArray());
        Assert.Equal(0, _state.KeyRevision("/elsewhere", Key(key)).Value);
    }

    [Fact]
    public void Names_with_special_characters_are_told_apart()
    {
        SettingKey[] keys = [SettingKey.Root.Append("a/b"), SettingKey.Root.Append("a").Append("b"), SettingKey.Root.Append("a~1b"), SettingKey.Root.Append("é\n\"")];
        Ingest(null, "0");
        for (var i = 0; i < keys.Length; i++)
        {
            Assert.True(_state.Ingest(Edit($"{i}", $"{i + 1}") with { Changes = [new KeyChange(keys[i], false, true)] }).IsSuccess);
        }

        Assert.Equal([1, 2, 3, 4], _state.KeyRevision(Target, keys).Value.ToArray());
        Assert.Equal(keys.Reverse(), _state.History(new HistoryQuery()).Value.Select(e => e.Changes.Single().Key));
    }

    [Fact]
    public void The_history_can_be_searched()
    {
        Ingest(null, "0");
        Ingest("0", "1", "a.b");
        _state.CompleteUpdate(_state.BeginUpdate(Intent("1", "2", "c") with { Source = "local", Actor = "me", Kind = ChangeKind.Restore }).Value);
        Ingest("2", null, "a", "c");
        Assert.Equal([3, 2, 1], Revisions(new HistoryQuery()));
        Assert.Equal([3, 1], Revisions(new HistoryQuery { Key = Key("a.b.x") }));
        Assert.Equal([3, 2], Revisions(new HistoryQuery { Key = Key("c") }));
        Assert.Equal([2], Revisions(new HistoryQuery { Source = "local" }));
        Assert.Equal([1], Revisions(new HistoryQuery { BeforeRevision = 2 }));
        Assert.Equal([3], Revisions(new HistoryQuery { Limit = 1 }));
        var entry = _state.History(new HistoryQuery { Source = "local" }).Value.Single();
        Assert.Equal((ChangeKind.Restore, "me", Hash("1"), Hash("2"), 1), (entry.Kind, entry.Actor, entry.OldHash, entry.NewHash, entry.ChangeCount));
        Assert.Equal("2", Text(_state.ContentBefore(3).Value.Content));
        Assert.Null(_state.ContentAfter(3).Value.Content);
        Assert.Same(ServiceErrors.Compacted, _state.ContentBefore(4).Error!.Descriptor);

        IEnumerable<long> Revisions(HistoryQuery query) => _state.History(query).Value.Select(e => e.Revision);
    }

    [Fact]
    public void Old_revisions_are_forgotten_and_their_numbers_are_not_used_again()
    {
        Ingest(null, "0");
        const int Count = StateDatabase.MaxRevisions + 5;
        using (var connection = StateConnection.Open(_state.Path))
        {
            // In one transaction, so that the disk is waited for only once.
            connection.Transact(writes: true, c =>
                Enumerable.Range(1, Count).Select(i => TrackedFiles.Ingest(c, Edit($"{i - 1}", $"{i}", i == 1 ? "first" : "n"))).ToList());
        }

        Assert.Equal(Count, _state.Revision.Value);
        var all = _state.History(new HistoryQuery { Limit = int.MaxValue }).Value;
        Assert.Equal(StateDatabase.MaxRevisions, all.Length);
        Assert.Equal(6, all[^1].Revision);
        Assert.Equal("5", Text(_state.ContentBefore(6).Value.Content));
        Assert.Same(ServiceErrors.Compacted, _state.ContentBefore(5).Error!.Descriptor);
        Assert.Equal(1, _state.KeyRevision(Target, Key("first")).Value);
    }

    [Fact]
    public void Remembered_keys_are_bounded_and_a_forgotten_one_never_looks_older_than_it_is()
    {
        Ingest(null, "0");
        using (var connection = StateConnection.Open(_state.Path))
        {
            connection.Transact(writes: true, c => Enumerable.Range(1, 64).Select(i => TrackedFiles.Ingest(c, Edit($"{i - 1}", $"{i}") with
            {
                Changes = [.. Enumerable.Range(0, 1_700).Select(k => new KeyChange(SettingKey.Root.Append($"{i}:{k}"), false, true))],
            })).ToList());
            Assert.InRange(connection.First("SELECT count(*) FROM key_revision", static row => row.GetInt32(0)), 50_000, 100_000);
        }

        Assert.InRange(_state.KeyRevision(Target, SettingKey.Root.Append("1:0")).Value, 1, 32);
        Assert.Equal(64, _state.KeyRevision(Target, SettingKey.Root.Append("64:1699")).Value);
        Assert.Equal(64, _state.KeyRevision(Target, SettingKey.Root).Value);
    }

    [Fact]
    public void Kept_contents_are_bounded_and_the_newest_ones_stay()
    {
        var random = new Random(1);
        var previous = default(byte[]);
        for (var i = 0; i < 5; i++)
        {
            // Content that cannot be compressed.
            var content = new byte[16 * 1024 * 1024];
            random.NextBytes(content);
            var edit = Edit(null, null) with { OldHash = previous is null ? null : ContentHash.Of(previous), NewHash = ContentHash.Of(content), NewContent = content };
            Assert.True(_state.Ingest(edit).IsSuccess);
            previous = content;
        }

        Assert.Same(ServiceErrors.Compacted, _state.ContentBefore(1).Error!.Descriptor);
        Assert.Equal(previous, _state.ContentAfter(4).Value.Content!.Value.ToArray());
        Assert.True(_state.ContentBefore(4).IsSuccess);
        Assert.Equal(4, _state.History(new HistoryQuery()).Value.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void A_damaged_database_is_moved_aside_and_a_new_history_starts(int keptBytes)
    {
        Ingest(null, "a");
        Ingest("a", "b");
        var storeId = _state.StoreId.Value;
        _state.Dispose();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_state.Path)!, "state.db-*"))
        {
            File.Delete(file);
        }

        var bytes = File.ReadAllBytes(_state.Path);
        bytes.AsSpan(keptBytes).Fill(0xA5);
        File.WriteAllBytes(_state.Path, bytes);

        using var next = Open();
        using var other = Open();
        Assert.NotEqual(storeId, next.StoreId.Value);
        Assert.Equal(0, next.Revision.Value);
        Assert.Equal(bytes, File.ReadAllBytes(next.Quarantined!.Path));
        Assert.Equal(next.StoreId.Value, other.StoreId.Value);
        Assert.Null(other.Quarantined);
        Assert.Empty(next.IntegrityCheck().Value);
    }

    [Fact]
    public void A_database_that_was_removed_while_it_was_open_starts_again()
    {
        Ingest(null, "a");
        var storeId = _state.StoreId.Value;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_state.Path)!, "state.db*"))
        {
            File.Delete(file);
        }

        Assert.NotEqual(storeId, _state.StoreId.Value);
        Assert.Equal(IngestOutcome.Baseline, Ingest(null, "a").Outcome);
    }

    [Fact]
    public void A_database_of_a_newer_version_is_left_alone()
    {
        var storeId = _state.StoreId.Value;
        using (var connection = StateConnection.Open(_state.Path))
        {
            connection.Execute($"PRAGMA user_version = {StateSchema.Version + 1}");
        }

        using var next = Open();
        Assert.Contains("newer version", next.StoreId.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(storeId, _state.StoreId.Value);
    }

    [Fact]
    public void The_database_is_healthy_private_and_says_whose_it_is()
    {
        Ingest(null, "a");
        Assert.Empty(_state.IntegrityCheck().Value);
        Assert.True(_state.FreeSpace > 0);
        var folder = Path.GetDirectoryName(_state.Path)!;
        Assert.Equal("/w", File.ReadAllText(Path.Join(folder, "workspace.txt")).Trim());
        Assert.All(Directory.GetFiles(folder, "state.db*"), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["state"]));
    }

    [Fact]
    public void Nothing_is_created_before_it_is_needed_and_what_cannot_be_created_is_an_error()
    {
        Assert.False(Directory.Exists(_folder["state"]));
        File.WriteAllText(_folder["state"], "in the way");
        Assert.Same(ServiceErrors.Unavailable, _state.Revision.Error!.Descriptor);
        File.Delete(_folder["state"]);
        Assert.Equal(0, _state.Revision.Value);
    }

    private static SettingKey Key(string text) => SettingKey.TryParse(text, out var key, out var refusal) ? key : throw new ArgumentException(refusal, nameof(text));

    private static string? Hash(string? content) => content is null ? null : ContentHash.Of(Encoding.UTF8.GetBytes(content));

    private static string? Text(ReadOnlyMemory<byte>? content) => content is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private StateDatabase Open() => new(new StateFolder(_folder["state"]), "/w", _clock);

    private IngestResult Ingest(string? from, string? to, params string[] keys) => _state.Ingest(Edit(from, to, keys)).Value;

    private OutsideEdit Edit(string? from, string? to, params string[] keys) => new()
    {
        Target = Target,
        Source = "workspace",
        OldHash = Hash(from),
        NewHash = Hash(to),
        NewContent = Encoding.UTF8.GetBytes(to ?? string.Empty),
        Changes = [.. keys.Select(k => new KeyChange(Key(k), ExistedBefore: true, ExistsAfter: true))],
        Timestamp = _clock.GetUtcNow(),
    };

    private UpdateIntent Intent(string? from, string to, params string[] keys) => new()
    {
        Target = Target,
        Source = "workspace",
        OldHash = Hash(from),
        OldContent = Encoding.UTF8.GetBytes(from ?? string.Empty),
        NewHash = Hash(to)!,
        NewContent = Encoding.UTF8.GetBytes(to),
        Changes = [.. keys.Select(k => new KeyChange(Key(k), ExistedBefore: true, ExistsAfter: true))],
        Timestamp = _clock.GetUtcNow(),
    };
}
