using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Testing.Files;

namespace ConfigLsp.Configuration.Tests.Storage;

/// <summary>Links, other writers, and files that must not be replaced.</summary>
[SupportedOSPlatform("linux")]
public sealed class DurableFileObstacleTests : IDisposable
{
    private const string Old = "old";
    private const string New = "new content";
    private const string Secret = "not yours";

    private static readonly string OldHash = ContentHash.Of(Encoding.UTF8.GetBytes(Old));
    private static readonly PhysicalFileSystem Disk = new();

    private readonly TemporaryFolder _folder = new();

    public DurableFileObstacleTests()
    {
        _folder.Write("root/.nofx/settings.json", Old);
        _folder.Write("outside/settings.json", Secret);
    }

    private string Settings => _folder["root/.nofx/settings.json"];

    private string Outside => _folder["outside/settings.json"];

    private DurableTarget Target => new(Settings) { Root = _folder["root"] };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_link_within_the_root_is_written_through()
    {
        File.Move(Settings, _folder["root/real.json"]);
        File.CreateSymbolicLink(Settings, "../real.json");
        Assert.Equal(_folder["root/real.json"], DurableFile.Locate(Disk, Target).Value);
        Assert.Equal(_folder["root/real.json"], Replace(Disk).Value.RealPath);
        Assert.Equal("../real.json", new FileInfo(Settings).LinkTarget);
        Assert.Equal(New, File.ReadAllText(_folder["root/real.json"]));
    }

    [Theory]
    [InlineData("root/.nofx/settings.json", "../../outside/settings.json")]
    [InlineData("root/.nofx", "../outside")]
    public void A_link_out_of_the_root_is_refused(string link, string leadsTo)
    {
        Remove(_folder[link]);
        File.CreateSymbolicLink(_folder[link], leadsTo);
        Assert.Same(ServiceErrors.PathOutsideRoot, DurableFile.Replace(Disk, Target, default, ContentHash.Of(Encoding.UTF8.GetBytes(Secret)), CancellationToken.None).Error!.Descriptor);
        Assert.Same(ServiceErrors.PathOutsideRoot, DurableFile.Read(Disk, Target, CancellationToken.None).Error!.Descriptor);
        AssertOutsideUntouched();
    }

    [Theory]
    [InlineData("root/.nofx/settings.json", "nowhere.json")]
    [InlineData("root/.nofx/settings.json", "settings.json")]
    [InlineData("root/.nofx", "missing/folder")]
    [InlineData("root/.nofx", ".nofx")]
    public void A_link_that_leads_nowhere_or_in_a_circle_is_refused(string link, string leadsTo)
    {
        Remove(_folder[link]);
        File.CreateSymbolicLink(_folder[link], leadsTo);
        Assert.Same(ServiceErrors.SourceMissing, DurableFile.Replace(Disk, Target, default, expectedHash: null, CancellationToken.None).Error!.Descriptor);
        Assert.Equal(leadsTo, new FileInfo(_folder[link]).LinkTarget);
        Assert.False(Path.Exists(_folder["root/missing"]));
    }

    [Theory]
    [InlineData("root/.nofx/settings.json", "../../outside/settings.json")]
    [InlineData("root/.nofx", "../outside")]
    public void A_link_put_in_the_way_at_any_step_never_leads_out(string link, string leadsTo)
    {
        var refusals = 0;
        for (var step = 1; step <= CountSteps(); step++)
        {
            Reset();
            var result = Replace(new FaultyFileSystem(Disk).Before(step, () =>
            {
                Directory.Move(_folder[link], _folder["away"]);
                File.CreateSymbolicLink(_folder[link], leadsTo);
            }));
            refusals += result.IsSuccess ? 0 : 1;
            AssertOutsideUntouched();
        }

        Assert.InRange(refusals, 5, CountSteps() - 1);
    }

    [Fact]
    public void What_another_program_writes_before_the_last_check_is_never_overwritten()
    {
        var steps = CountSteps();
        var files = new FaultyFileSystem(Disk);
        Reset();
        Assert.True(Replace(files).IsSuccess);
        var lastCheck = files.Steps.LastIndexOf("read settings.json") + 1;
        Assert.InRange(lastCheck, 2, steps);
        for (var step = 1; step <= lastCheck; step++)
        {
            foreach (var inPlace in new[] { true, false })
            {
                Reset();
                var error = Replace(new FaultyFileSystem(Disk).Before(step, () => Write("theirs", inPlace))).Error!;
                Assert.Same(ServiceErrors.Conflict, error.Descriptor);
                Assert.Equal(ContentHash.Of("theirs"u8), error.Current!.Etag);
                Assert.Equal("theirs", File.ReadAllText(Settings));
                Assert.Single(Directory.GetFiles(_folder["root/.nofx"]));
            }
        }
    }

    [Fact]
    public void A_file_created_by_another_program_at_any_step_is_not_overwritten()
    {
        File.Delete(Settings);
        var files = new FaultyFileSystem(Disk);
        Assert.True(DurableFile.Replace(files, Target, Encoding.UTF8.GetBytes(New), expectedHash: null, CancellationToken.None).IsSuccess);
        var rename = files.Steps.IndexOf("rename settings.json") + 1;
        for (var step = 1; step <= rename; step++)
        {
            File.Delete(Settings);
            var result = DurableFile.Replace(
                new FaultyFileSystem(Disk).Before(step, () => File.WriteAllText(Settings, "theirs")), Target, Encoding.UTF8.GetBytes(New), expectedHash: null, CancellationToken.None);
            Assert.Same(ServiceErrors.Conflict, result.Error!.Descriptor);
            Assert.Equal("theirs", File.ReadAllText(Settings));
        }
    }

    [Fact]
    public void A_file_with_several_names_is_refused()
    {
        Run("ln", Settings, _folder["root/second"]);
        AssertRefused("hard links");
        Assert.Equal(Old, File.ReadAllText(_folder["root/second"]));
    }

    [Fact]
    public void A_file_marked_as_read_only_is_refused()
    {
        File.SetUnixFileMode(Settings, UnixFileMode.UserRead);
        AssertRefused("read-only");
    }

    [Theory]
    [InlineData("rename settings.json", FileFailureKind.Busy, "Mount the folder")]
    [InlineData("take rights temporary file", FileFailureKind.PermissionDenied, "another user")]
    [InlineData("create temporary file", FileFailureKind.ReadOnly, "reading only")]
    public void What_cannot_be_replaced_says_why(string step, FileFailureKind kind, string reason)
    {
        var counted = new FaultyFileSystem(Disk);
        Assert.True(Replace(counted).IsSuccess);
        Reset();
        AssertRefused(reason, new FaultyFileSystem(Disk).FailAt(counted.Steps.IndexOf(step) + 1, kind));
    }

    [Fact]
    public void Something_that_is_no_file_is_refused()
    {
        Remove(Settings);
        Directory.CreateDirectory(Settings);
        Assert.Same(ServiceErrors.PermissionDenied, Replace(Disk).Error!.Descriptor);
        Directory.Delete(Settings);
        Run("mkfifo", Settings);
        Assert.Same(ServiceErrors.PermissionDenied, Replace(Disk).Error!.Descriptor);
    }

    [Fact]
    public void What_a_dead_process_left_is_removed_and_what_a_living_one_writes_is_not()
    {
        using var dead = Process.Start(new ProcessStartInfo("true"))!;
        dead.WaitForExit();
        var stale = _folder.Write($"root/.nofx/.settings.json.configlsp-{dead.Id}-0a1b2c3d.tmp", "half");
        var own = _folder.Write($"root/.nofx/.settings.json.configlsp-{Environment.ProcessId}-0a1b2c3d.tmp", "half");
        var living = _folder.Write("root/.nofx/.settings.json.configlsp-1-0a1b2c3d.tmp", "half");
        var other = _folder.Write($"root/.nofx/.other.json.configlsp-{dead.Id}-0a1b2c3d.tmp", "half");
        Assert.True(Replace(Disk).IsSuccess);
        Assert.Equal(new[] { other, living, Settings }.Order(), Directory.GetFiles(_folder["root/.nofx"]).Order());
        Assert.False(File.Exists(stale) || File.Exists(own));
    }

    [Fact]
    public void Writes_that_take_less_than_asked_are_continued()
    {
        Assert.True(Replace(new FaultyFileSystem(Disk).WriteAtMost(3)).IsSuccess);
        Assert.Equal(New, File.ReadAllText(Settings));
    }

    [Fact]
    public void A_cancelled_replacement_changes_nothing()
    {
        var files = new FaultyFileSystem(Disk);
        Assert.True(Replace(files).IsSuccess);
        var rename = files.Steps.IndexOf("rename settings.json");
        for (var step = 1; step < rename; step++)
        {
            Reset();
            using var cancel = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => DurableFile.Replace(
                new FaultyFileSystem(Disk).Before(step, cancel.Cancel), Target, Encoding.UTF8.GetBytes(New), OldHash, cancel.Token));
            Assert.Equal(Old, File.ReadAllText(Settings));
            Assert.Single(Directory.GetFiles(_folder["root/.nofx"]));
        }
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path) && new FileInfo(path).LinkTarget is null)
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private ServiceResult<ReplacedFile> Replace(IWritableFileSystem files) =>
        DurableFile.Replace(files, Target, Encoding.UTF8.GetBytes(New), OldHash, CancellationToken.None);

    private int CountSteps()
    {
        Reset();
        var files = new FaultyFileSystem(Disk);
        Assert.True(Replace(files).IsSuccess);
        return files.Steps.Length;
    }

    private void Reset()
    {
        Remove(_folder["away"]);
        Remove(_folder["root/.nofx"]);
        _folder.Write("root/.nofx/settings.json", Old);
    }

    private void Write(string text, bool inPlace)
    {
        if (inPlace)
        {
            File.WriteAllText(Settings, text);
        }
        else
        {
            File.WriteAllText(Settings + "~", text);
            File.Move(Settings + "~", Settings, overwrite: true);
        }
    }

    private void AssertRefused(string reason, IWritableFileSystem? files = null)
    {
        var error = Replace(files ?? Disk).Error!;
        Assert.Same(ServiceErrors.PermissionDenied, error.Descriptor);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(".nofx/settings.json", error.Message, StringComparison.Ordinal);
        Assert.Equal(Old, File.ReadAllText(Settings));
        Assert.Single(Directory.GetFiles(_folder["root/.nofx"]));
    }

    private void AssertOutsideUntouched()
    {
        Assert.Equal(Secret, File.ReadAllText(Outside));
        Assert.Single(Directory.GetFileSystemEntries(_folder["outside"]));
    }
}
