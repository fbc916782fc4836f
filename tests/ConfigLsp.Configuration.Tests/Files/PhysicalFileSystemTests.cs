using System.Diagnostics;
using System.Text;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Testing.Files;

namespace ConfigLsp.Configuration.Tests.Files;

public sealed class PhysicalFileSystemTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PhysicalFileSystem _files = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_read_whole()
    {
        var path = _folder.Write("a b/ü.json", "{\"a\": 1}");
        Assert.Equal("{\"a\": 1}", Encoding.UTF8.GetString(_files.ReadFile(path, 100, default).Value.Span));
        Assert.Equal("{\"a\": 1}", _files.ReadText(path, 100, default).Value.ToString());
        var status = _files.GetStatus(path).Value;
        Assert.Equal((FileKind.File, 8), (status.Kind, status.Length));
    }

    [Fact]
    public void A_file_of_just_the_limit_is_read_and_one_byte_more_is_too_large()
    {
        var path = _folder.Write("a.json", new string('x', 5000));
        Assert.Equal(5000, _files.ReadFile(path, 5000, default).Value.Length);
        Assert.Equal(FileFailureKind.TooLarge, _files.ReadFile(path, 4999, default).Failure?.Kind);
    }

    [Fact]
    public void A_sparse_file_of_a_terabyte_is_refused_before_it_is_read()
    {
        var path = _folder["huge.json"];
        using (var stream = File.Create(path))
        {
            stream.SetLength(1L << 40);
        }

        var failure = _files.ReadFile(path, FileLimits.SettingsFile, default).Failure;
        Assert.Equal(FileFailureKind.TooLarge, failure?.Kind);
        Assert.Contains("64 MiB", failure?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.json", FileFailureKind.NotFound)]
    [InlineData("file.json/below", FileFailureKind.NotFound)]
    [InlineData("folder", FileFailureKind.NotRegularFile)]
    [InlineData("circle", FileFailureKind.IoError)]
    public void What_cannot_be_read_says_why(string name, FileFailureKind kind)
    {
        _folder.Write("file.json", "1");
        _folder.Write("folder/x.json", "1");
        File.CreateSymbolicLink(_folder["circle"], _folder["circle"]);
        var failure = _files.ReadFile(_folder[name], 100, default).Failure;
        Assert.Equal(kind, failure?.Kind);
        Assert.Contains(_folder[name], failure?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("relative.json")]
    [InlineData("/a\0b")]
    public void A_path_that_is_none_is_refused(string path)
    {
        Assert.Equal(FileFailureKind.InvalidPath, _files.ReadFile(path, 100, default).Failure?.Kind);
        Assert.Equal(FileFailureKind.InvalidPath, _files.GetStatus(path).Failure?.Kind);
        Assert.Equal(FileFailureKind.InvalidPath, _files.ResolveRealPath(path).Failure?.Kind);
        Assert.Equal(FileFailureKind.InvalidPath, Assert.Single(_files.EnumerateDirectory(path)).Failure?.Kind);
    }

    [Fact]
    public void Pipes_and_devices_are_refused_without_waiting()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Windows has no such files in folders.
        }

        // Nobody ever writes to the pipe: a plain open would wait for ever.
        var pipe = _folder["pipe.json"];
        using (var process = Process.Start("mkfifo", [pipe]))
        {
            process.WaitForExit();
        }

        Assert.Equal(FileFailureKind.NotRegularFile, _files.ReadFile(pipe, 100, default).Failure?.Kind);
        Assert.Equal(FileFailureKind.NotRegularFile, _files.ReadFile("/dev/zero", 100, default).Failure?.Kind);
        Assert.Equal(FileFailureKind.NotRegularFile, _files.ReadFile("/dev/null", 100, default).Failure?.Kind);
    }

    [Fact]
    public void Files_that_the_kernel_makes_up_are_read_within_the_limit_or_fail()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // Only Linux has /proc.
        }

        Assert.NotEqual(0, _files.ReadFile("/proc/self/status", 100_000, default).Value.Length);
        Assert.Equal(FileFailureKind.TooLarge, _files.ReadFile("/proc/self/status", 10, default).Failure?.Kind);
        Assert.Equal(FileFailureKind.IoError, _files.ReadFile("/proc/self/mem", 100, default).Failure?.Kind);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0 }, "UTF-16 (little endian)")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 0x7B }, "UTF-16 (big endian)")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0, 0 }, "UTF-32 (little endian)")]
    [InlineData(new byte[] { 0, 0, 0xFE, 0xFF }, "UTF-32 (big endian)")]
    public void Another_encoding_is_named_and_utf_8_asked_for(byte[] bytes, string encoding)
    {
        var path = _folder["a.json"];
        File.WriteAllBytes(path, bytes);
        var failure = _files.ReadText(path, 100, default).Failure;
        Assert.Equal(FileFailureKind.WrongEncoding, failure?.Kind);
        Assert.Equal($"{path} is encoded in {encoding}. Save it as UTF-8.", failure?.Message);
    }

    [Fact]
    public void A_directory_lists_its_names_with_kinds_and_does_not_follow_links()
    {
        _folder.Write("a.json", "1");
        _folder.Write("sub/b.json", "1");
        File.CreateSymbolicLink(_folder["link"], _folder["sub"]);
        var entries = _files.EnumerateDirectory(_folder.Path).Select(e => e.Value).OrderBy(e => e.Name, StringComparer.Ordinal);
        Assert.Equal([new("a.json", FileKind.File), new("link", FileKind.Link), new("sub", FileKind.Directory)], entries);
        Assert.Equal(FileFailureKind.NotFound, Assert.Single(_files.EnumerateDirectory(_folder["missing"])).Failure?.Kind);
        Assert.False(Assert.Single(_files.EnumerateDirectory(_folder["a.json"])).IsSuccess);
    }

    [Fact]
    public void Links_lead_to_one_real_path_and_one_identity()
    {
        var file = _folder.Write("real/deep/a.json", "1");
        File.CreateSymbolicLink(_folder["one"], "real");
        File.CreateSymbolicLink(_folder["real/two"], "../one/deep");
        var real = _files.ResolveRealPath(file).Value;
        Assert.EndsWith("real/deep/a.json".Replace('/', Path.DirectorySeparatorChar), real, StringComparison.Ordinal);
        Assert.Equal(real, _files.ResolveRealPath(_folder["one/two/a.json"]).Value);
        Assert.Equal(_files.GetStatus(file).Value.Identity, _files.GetStatus(_folder["one/two/a.json"]).Value.Identity);
    }

    [Fact]
    public void A_circle_of_links_has_no_real_path()
    {
        File.CreateSymbolicLink(_folder["a"], _folder["b"]);
        File.CreateSymbolicLink(_folder["b"], _folder["a"]);
        Assert.Equal(FileFailureKind.InvalidPath, _files.ResolveRealPath(_folder["a"]).Failure?.Kind);
        Assert.False(_files.GetStatus(_folder["a"]).IsSuccess);
    }

    [Fact]
    public void A_cancelled_read_ends()
    {
        var path = _folder.Write("a.json", "1");
        Assert.Throws<OperationCanceledException>(() => _files.ReadFile(path, 100, new CancellationToken(canceled: true)));
    }
}
