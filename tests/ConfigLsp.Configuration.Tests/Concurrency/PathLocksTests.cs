using System.Diagnostics;
using System.Runtime.Versioning;
using ConfigLsp.Configuration.Concurrency;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Testing.Files;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Configuration.Tests.Concurrency;

[UnsupportedOSPlatform("windows")]
public sealed class PathLocksTests : IDisposable
{
    private const string Target = "/home/someone/.nofx/settings.json";
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly PathLocks _locks;

    public PathLocksTests() => _locks = new PathLocks(State, _clock);

    private StateFolder State => new(_folder["state"]);

    private string LockFile => Path.Join(State.Locks, ContentHash.Of("/home/someone/.nofx/settings.json"u8) + ".lock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_at_a_time_has_the_lock_and_the_others_follow_in_their_order()
    {
        var first = (await _locks.AcquireAsync(Target, Long, CancellationToken.None)).Value;
        var order = new List<int>();
        var others = Enumerable.Range(0, 20).Select(i => Take(i)).ToList();
        (await _locks.AcquireAsync("/elsewhere", Long, CancellationToken.None)).Value.Dispose();
        Assert.Empty(order);
        first.Dispose();
        await Task.WhenAll(others);
        Assert.Equal(Enumerable.Range(0, 20), order);

        async Task Take(int number)
        {
            using var taken = (await _locks.AcquireAsync(Target, Long, CancellationToken.None)).Value;
            order.Add(number);
        }
    }

    [Fact]
    public async Task Waiting_for_this_process_ends_when_the_time_is_over()
    {
        using var first = (await _locks.AcquireAsync(Target, Long, CancellationToken.None)).Value;
        var second = _locks.AcquireAsync(Target, TimeSpan.FromSeconds(5), CancellationToken.None).AsTask();
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(5));
        var error = (await second).Error!;
        Assert.Same(ServiceErrors.Timeout, error.Descriptor);
        Assert.Contains("settings.json", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("someone", error.Message, StringComparison.Ordinal);
        first.Dispose();
        (await _locks.AcquireAsync(Target, Long, CancellationToken.None)).Value.Dispose();
    }

    [Fact]
    public async Task A_cancelled_wait_leaves_the_queue()
    {
        using var cancel = new CancellationTokenSource();
        var first = (await _locks.AcquireAsync(Target, Long, CancellationToken.None)).Value;
        var cancelled = _locks.AcquireAsync(Target, Long, cancel.Token).AsTask();
        var last = _locks.AcquireAsync(Target, Long, CancellationToken.None).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        first.Dispose();
        (await last).Value.Dispose();
    }

    [Fact]
    public async Task Another_holder_of_the_file_excludes_and_a_file_that_is_merely_there_does_not()
    {
        (await _locks.AcquireAsync(Target, Long, CancellationToken.None)).Value.Dispose();
        Assert.True(File.Exists(LockFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LockFile));
        var other = new PathLocks(State, _clock);
        var held = (await other.AcquireAsync(Target, Long, CancellationToken.None)).Value;
        var wanted = _locks.AcquireAsync(Target, TimeSpan.FromMilliseconds(3), CancellationToken.None).AsTask();
        while (!wanted.IsCompleted)
        {
            // It asks again after 1, then 2 ms.
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        Assert.Same(ServiceErrors.Timeout, (await wanted).Error!.Descriptor);
        held.Dispose();
        (await _locks.AcquireAsync(Target, Long, CancellationToken.None)).Value.Dispose();
    }

    [Fact]
    public async Task A_lock_ends_with_the_process_that_held_it_also_if_it_was_killed()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var locks = new PathLocks(State, TimeProvider.System);
        (await locks.AcquireAsync(Target, Long, CancellationToken.None)).Value.Dispose();
        var start = new ProcessStartInfo("flock") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[] { "--no-fork", LockFile, "sh", "-c", "echo held; exec sleep 1000" })
        {
            start.ArgumentList.Add(argument);
        }

        using var holder = Process.Start(start)!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        Assert.Same(ServiceErrors.Timeout, (await locks.AcquireAsync(Target, TimeSpan.Zero, CancellationToken.None)).Error!.Descriptor);
        var wanted = locks.AcquireAsync(Target, Long, CancellationToken.None).AsTask();
        Assert.False(wanted.IsCompleted);
        holder.Kill();
        (await wanted).Value.Dispose();
    }

    [Fact]
    public async Task A_state_folder_that_cannot_be_created_is_told()
    {
        File.WriteAllText(_folder["state"], "a file is in the way");
        var error = (await _locks.AcquireAsync(Target, Long, CancellationToken.None)).Error!;
        Assert.Same(ServiceErrors.Unavailable, error.Descriptor);
        Assert.DoesNotContain(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_of_the_locks_is_for_its_user_alone()
    {
        (await _locks.AcquireAsync(Target, Long, CancellationToken.None)).Value.Dispose();
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(Own, File.GetUnixFileMode(State.Path));
        Assert.Equal(Own, File.GetUnixFileMode(State.Locks));
    }

    [Theory]
    [InlineData("/xdg", "/home/me", "/xdg/configlsp")]
    [InlineData(null, "/home/me", "/home/me/.local/state/configlsp")]
    [InlineData("", "/home/me", "/home/me/.local/state/configlsp")]
    [InlineData("relative", "/home/me", "/home/me/.local/state/configlsp")]
    [InlineData(null, null, null)]
    [InlineData(null, "relative", null)]
    public void The_state_folder_follows_the_environment(string? xdg, string? home, string? expected) =>
        Assert.Equal(expected, StateFolder.Find(name => name switch { "XDG_STATE_HOME" => xdg, "HOME" => home, _ => null })?.Path);
}
