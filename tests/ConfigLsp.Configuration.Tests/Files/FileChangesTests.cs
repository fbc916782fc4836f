using ConfigLsp.Configuration.Files;
using ConfigLsp.Testing.Files;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Configuration.Tests.Files;

public sealed class FileChangesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Only what the operating system tells: looking at the files would hide what it misses.
    private static readonly FileChangesOptions OnlyNotifications = new() { PollInterval = TimeSpan.FromHours(10), QuietPeriod = TimeSpan.FromMilliseconds(5) };
    private static readonly FileChangesOptions OnlyPolling = new() { UsesNotifications = false };

    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryFileSystem _files = new();
    private readonly FakeTimeProvider _time = new();

    public static TheoryData<string> Edits => ["write", "append", "replace", "delete", "rename-away"];

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task A_change_of_a_file_is_told(string edit)
    {
        var path = _folder.Write("w/settings.json", "{}");
        using var changes = new FileChanges(new PhysicalFileSystem(), TimeProvider.System, OnlyNotifications);
        using var signal = new SemaphoreSlim(0);
        using var watch = changes.Watch([path], () => signal.Release());
        Edit(path, edit);
        Assert.True(await signal.WaitAsync(Patience));
    }

    [Theory]
    [InlineData("w/.nofx/settings.json")]
    [InlineData("w/a/b/c/settings.json")]
    public async Task A_file_whose_folders_appear_later_is_told_and_then_each_change_of_it(string relative)
    {
        Directory.CreateDirectory(_folder["w"]);
        using var changes = new FileChanges(new PhysicalFileSystem(), TimeProvider.System, OnlyNotifications);
        var seen = new Observed(_folder[relative]);
        using var watch = changes.Watch([_folder[relative]], seen.Look);
        _folder.Write(relative, "1");
        await seen.WaitForAsync("1");
        _folder.Write(relative, "2");
        await seen.WaitForAsync("2");
        Directory.Delete(Path.GetDirectoryName(_folder[relative])!, recursive: true);
        await seen.WaitForAsync(null);
        _folder.Write(relative, "3");
        await seen.WaitForAsync("3");
    }

    [Fact]
    public async Task What_a_link_leads_to_is_watched_and_the_link_itself()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var first = _folder.Write("data/first.json", "1");
        var second = _folder.Write("data/second.json", "2");
        Directory.CreateDirectory(_folder["w"]);
        var link = _folder["w/settings.json"];
        File.CreateSymbolicLink(link, first);
        using var changes = new FileChanges(new PhysicalFileSystem(), TimeProvider.System, OnlyNotifications);
        var seen = new Observed(link);
        using var watch = changes.Watch([link], seen.Look);
        File.WriteAllText(first, "1b");
        await seen.WaitForAsync("1b");
        File.Delete(link);
        File.CreateSymbolicLink(link, second);
        await seen.WaitForAsync("2");
        File.WriteAllText(second, "2b");
        await seen.WaitForAsync("2b");
    }

    [Fact]
    public async Task Watches_share_a_folder_and_give_it_back()
    {
        var (one, two) = (_folder.Write("w/one.json", "{}"), _folder.Write("w/two.json", "{}"));
        using var changes = new FileChanges(new PhysicalFileSystem(), TimeProvider.System, OnlyNotifications);
        using var signal = new SemaphoreSlim(0);
        var first = changes.Watch([one], static () => { });
        var folders = changes.NotifyingFolders;
        Assert.InRange(folders, 1, 2);
        using (changes.Watch([two], () => signal.Release()))
        {
            Assert.Equal(folders, changes.NotifyingFolders);
            first.Dispose();
            File.WriteAllText(two, "[]");
            Assert.True(await signal.WaitAsync(Patience));
        }

        Assert.Equal(0, changes.NotifyingFolders);
    }

    [Fact]
    public void Looking_at_the_files_finds_what_nobody_tells()
    {
        var count = 0;
        _files.Write("/w/a.json", "{}");
        using var changes = new FileChanges(_files, _time, OnlyPolling);
        using var watch = changes.Watch(["/w/a.json", "/w/later/b.json"], () => count++);
        Pass(5.1, expected: 0);
        _files.Write("/w/a.json", "[]");
        Pass(4.8, expected: 0);
        Pass(0.2, expected: 1);
        Pass(20, expected: 1);
        _files.Delete("/w/a.json");
        Pass(5.1, expected: 2);
        _files.Write("/w/later/b.json", "{}");
        Pass(5.1, expected: 3);
        _files.Write("/w/c.json", "{}");
        Pass(5.1, expected: 3);
        _files.Write("/w/a.json", "{}").Delete("/w/a.json").AddLink("/w/a.json", "/w/c.json");
        Pass(5.1, expected: 4);

        void Pass(double seconds, int expected)
        {
            // The quiet period begins when the look finds something.
            _time.Advance(TimeSpan.FromSeconds(seconds));
            _time.Advance(TimeSpan.FromMilliseconds(50));
            Assert.Equal(expected, count);
        }
    }

    [Fact]
    public void A_watch_that_ended_tells_nothing()
    {
        var count = 0;
        using var changes = new FileChanges(_files, _time, OnlyPolling);
        var watch = changes.Watch(["/w/a.json"], () => count++);
        _files.Write("/w/a.json", "{}");
        _time.Advance(TimeSpan.FromSeconds(5));
        watch.Dispose();
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, count);
    }

    [Fact]
    public void A_file_that_must_be_read_again_and_again_is_told_each_time()
    {
        var count = 0;
        using var changes = new FileChanges(_files, _time, OnlyPolling);
        using var watch = changes.Watch(["/w/a.json"], () => count++, TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, count);
        for (var expected = 1; expected <= 3; expected++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _time.Advance(TimeSpan.FromSeconds(29));
            Assert.Equal(expected, count);
        }
    }

    [Fact]
    public async Task Without_notifications_the_files_are_still_looked_at()
    {
        // As when a user's inotify instances are used up.
        var path = _folder.Write("w/settings.json", "{}");
        using var signal = new SemaphoreSlim(0);
        var changes = new FileChanges(new PhysicalFileSystem(), TimeProvider.System, new FileChangesOptions { PollInterval = TimeSpan.FromMilliseconds(20) });
        changes.Dispose();
        using var watch = changes.Watch([path], () => signal.Release());
        Assert.Equal(0, changes.NotifyingFolders);
        File.WriteAllText(path, "{\"a\": 1}");
        Assert.True(await signal.WaitAsync(Patience));
    }

    public void Dispose() => _folder.Dispose();

    private static void Edit(string path, string edit)
    {
        switch (edit)
        {
            case "write":
                File.WriteAllText(path, "[]");
                break;
            case "append":
                File.AppendAllText(path, " ");
                break;
            case "replace":
                // As editors do: the new content under another name, which then takes the place.
                File.WriteAllText(path + ".tmp", "[]");
                File.Move(path + ".tmp", path, overwrite: true);
                break;
            case "delete":
                File.Delete(path);
                break;
            case "rename-away":
                File.Move(path, path + ".old");
                break;
            default:
                throw new ArgumentException(edit, nameof(edit));
        }
    }

    /// <summary>Reads a file whenever it is told to have changed.</summary>
    private sealed class Observed(string path)
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string? _content = File.Exists(path) ? File.ReadAllText(path) : null;

        public void Look()
        {
            lock (_gate)
            {
                _content = File.Exists(path) ? File.ReadAllText(path) : null;
                _next.SetResult();
                _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public async Task WaitForAsync(string? content)
        {
            while (true)
            {
                Task next;
                lock (_gate)
                {
                    if (_content == content)
                    {
                        return;
                    }

                    next = _next.Task;
                }

                await next.WaitAsync(Patience);
            }
        }
    }
}
