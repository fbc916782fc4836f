using System.Runtime.Versioning;
using System.Text;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Testing.Files;

namespace ConfigLsp.Configuration.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class DurableFileTests : IDisposable
{
    private const string Old = """{"maxAgents": 3}""";
    private const string New = """{"maxAgents": 5, "theme": "dark"}""";
    private const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly string OldHash = ContentHash.Of(Encoding.UTF8.GetBytes(Old));
    private static readonly PhysicalFileSystem Disk = new();

    private readonly TemporaryFolder _folder = new();

    /// <summary>What can go wrong at a step, beside power loss.</summary>
    public static TheoryData<FileFailureKind> Faults =>
        [FileFailureKind.NoSpace, FileFailureKind.IoError, FileFailureKind.PermissionDenied, FileFailureKind.ReadOnly, FileFailureKind.Busy];

    private string Settings => _folder["root/settings.json"];

    private DurableTarget Target => new(Settings) { Root = _folder["root"] };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_replaced_and_its_old_content_reported()
    {
        _folder.Write("root/settings.json", Old);
        var replaced = Replace(Disk, Target, OldHash).Value;
        Assert.Equal(New, File.ReadAllText(Settings));
        Assert.Equal(Settings, replaced.RealPath);
        Assert.Equal(Old, Encoding.UTF8.GetString(replaced.OldContent!.Value.Span));
        Assert.Equal(OldHash, replaced.OldHash);
        Assert.Equal(ContentHash.Of(File.ReadAllBytes(Settings)), replaced.NewHash);
        AssertNothingElse();
    }

    [Fact]
    public void A_missing_file_and_its_folders_are_created()
    {
        var target = new DurableTarget(_folder["root/a/b/settings.json"]) { Root = _folder.Path };
        Assert.True(Replace(Disk, target, expectedHash: null).IsSuccess);
        Assert.Equal(New, File.ReadAllText(target.Path));
    }

    [Fact]
    public void A_file_that_holds_something_else_than_expected_is_left_alone()
    {
        _folder.Write("root/settings.json", "{}");
        var error = Replace(Disk, Target, OldHash).Error!;
        Assert.Same(ServiceErrors.Conflict, error.Descriptor);
        Assert.Equal(ContentHash.Of("{}"u8), error.Current!.Etag);
        Assert.Same(ServiceErrors.Conflict, Replace(Disk, Target, expectedHash: null).Error!.Descriptor);
        Assert.Equal("{}", File.ReadAllText(Settings));
        File.Delete(Settings);
        Assert.Same(ServiceErrors.Conflict, Replace(Disk, Target, OldHash).Error!.Descriptor);
        AssertNothingElse();
    }

    [Fact]
    public void The_permissions_of_the_file_are_kept()
    {
        _folder.Write("root/settings.json", Old);
        foreach (var mode in new[] { Shared, UnixFileMode.UserRead | UnixFileMode.UserWrite, Shared | UnixFileMode.UserExecute | UnixFileMode.GroupWrite })
        {
            File.SetUnixFileMode(Settings, mode);
            Assert.True(Replace(Disk, Target, ContentHash.Of(File.ReadAllBytes(Settings))).IsSuccess);
            Assert.Equal(mode, File.GetUnixFileMode(Settings));
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Whatever_step_fails_the_file_holds_all_of_the_old_or_all_of_the_new(FileFailureKind kind)
    {
        var steps = CountSteps(Old);
        for (var step = 1; step <= steps; step++)
        {
            _folder.Write("root/settings.json", Old);
            var files = new FaultyFileSystem(Disk).FailAt(step, kind);
            var result = Replace(files, Target, OldHash);
            var name = files.Steps[step - 1];
            var content = File.ReadAllText(Settings);
            if (result.IsSuccess)
            {
                // Only tidying up, and a second look at something known, may fail without consequence.
                Assert.True(content == New && name is "list root" or "inspect temporary file" or "inspect settings.json", name);
            }
            else if (result.Error.Descriptor == ServiceErrors.DurabilityUnknown)
            {
                Assert.Equal("flush folder root", name);
                Assert.True(result.Error.IsApplied);
                Assert.Equal(New, content);
            }
            else
            {
                Assert.Equal(Old, content);
                Assert.DoesNotContain(_folder.Path, result.Error.Message, StringComparison.Ordinal);
            }

            AssertNothingElse();
        }
    }

    [Fact]
    public void Whatever_step_fails_a_new_file_is_there_in_full_or_not_at_all()
    {
        var steps = CountSteps(content: null);
        for (var step = 1; step <= steps; step++)
        {
            if (Directory.Exists(_folder["root"]))
            {
                Directory.Delete(_folder["root"], recursive: true);
            }

            var files = new FaultyFileSystem(Disk).FailAt(step, FileFailureKind.IoError);
            var result = Replace(files, new DurableTarget(Settings), expectedHash: null);
            Assert.Equal(result.IsSuccess || result.Error.IsApplied, File.Exists(Settings));
            if (File.Exists(Settings))
            {
                Assert.Equal(New, File.ReadAllText(Settings));
            }

            AssertNothingElse();
        }
    }

    private static ServiceResult<ReplacedFile> Replace(IWritableFileSystem files, DurableTarget target, string? expectedHash) =>
        DurableFile.Replace(files, target, Encoding.UTF8.GetBytes(New), expectedHash, CancellationToken.None);

    private int CountSteps(string? content)
    {
        if (content is not null)
        {
            _folder.Write("root/settings.json", content);
        }

        var files = new FaultyFileSystem(Disk);
        Assert.True(Replace(files, new DurableTarget(Settings), content is null ? null : OldHash).IsSuccess);
        return files.Steps.Length;
    }

    private void AssertNothingElse()
    {
        if (Directory.Exists(_folder["root"]))
        {
            Assert.All(Directory.GetFiles(_folder["root"]), f => Assert.Equal(Settings, f));
        }
    }
}
