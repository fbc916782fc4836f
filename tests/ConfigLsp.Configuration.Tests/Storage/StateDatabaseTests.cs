using System.Text;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Testing.Files;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Configuration.Tests.Storage;

public sealed class StateDatabaseTests : IDisposable
{
    private const string Target = "/home/someone/work/.nofx/settings.json";

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

    private static SettingKey Key(string text) => SettingKey.TryParse(text, out var key, out var refusal) ? key : throw new ArgumentException(refusal, nameof(text));

    private static string? Hash(string? content) => content is null ? null : ContentHash.Of(Encoding.UTF8.GetBytes(content));

    private static string? Text(ReadOnlyMemory<byte>? content) => content is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private StateDatabase Open() => new(new StateFolder(_folder["state"]), "/home/someone/work", _clock);

    private IngestResult Ingest(string? from, string? to, params string[] keys) => _state.Ingest(new OutsideEdit
    {
        Target = Target,
        Source = "workspace",
        OldHash = Hash(from),
        NewHash = Hash(to),
        NewContent = Encoding.UTF8.GetBytes(to ?? string.Empty),
        Changes = [.. keys.Select(k => new KeyChange(Key(k), ExistedBefore: true, ExistsAfter: true))],
        Timestamp = _clock.GetUtcNow(),
    }).Value;

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
