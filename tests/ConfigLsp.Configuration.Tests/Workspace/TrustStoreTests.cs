using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Testing.Files;

namespace ConfigLsp.Configuration.Tests.Workspace;

public sealed class TrustStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_folder_is_trusted_with_what_is_in_it_until_it_is_removed()
    {
        _folder.Write("repo/inner/a.json", "{}");
        _folder.Write("repository/a.json", "{}");
        var store = Open();
        Assert.False(store.IsTrusted(_folder["repo"]));
        Assert.Null(store.Trust(_folder["repo"]));
        Assert.Null(store.Trust(_folder["repo"]));
        Assert.Equal([Real("repo")], store.Folders.ToArray());

        // Another process sees the same.
        var other = Open();
        Assert.True(other.IsTrusted(_folder["repo"]));
        Assert.True(other.IsTrusted(_folder["repo/inner"]));
        Assert.False(other.IsTrusted(_folder["repository"]));
        Assert.False(other.IsTrusted(_folder.Path));
        Assert.False(other.IsTrusted(_folder["repo/none"]));

        Assert.Null(other.Remove(_folder["repo"]));
        Assert.False(store.IsTrusted(_folder["repo/inner"]));
        Assert.Null(other.Remove(_folder["never"]));
    }

    [Fact]
    public void A_folder_that_is_gone_can_be_removed_and_not_trusted()
    {
        _folder.Write("repo/a.json", "{}");
        var store = Open();
        Assert.Null(store.Trust(_folder["repo"]));
        Directory.Delete(_folder["repo"], recursive: true);
        Assert.Equal(FileFailureKind.NotFound, store.Trust(_folder["repo"])?.Kind);
        Assert.Null(store.Remove(Real("repo")));
        Assert.Empty(store.Folders);
    }

    [Fact]
    public void A_link_is_worth_what_it_leads_to()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _folder.Write("repo/a.json", "{}");
        _folder.Write("foreign/a.json", "{}");
        Directory.CreateSymbolicLink(_folder["link"], _folder["repo"]);
        Directory.CreateSymbolicLink(_folder["repo/out"], _folder["foreign"]);
        var store = Open();
        Assert.Null(store.Trust(_folder["link"]));
        Assert.Equal([Real("repo")], store.Folders.ToArray());
        Assert.True(store.IsTrusted(_folder["link"]));
        Assert.False(store.IsTrusted(_folder["repo/out"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"folders": {}}""")]
    [InlineData("""{"folders": [1, null, "", "relative", "../..", "/a/../..", "\u0000/", {"a": "/"}]}""")]
    [InlineData("""{"folders": "/"}""")]
    public void What_cannot_be_understood_trusts_nothing_and_is_replaced(string text)
    {
        _folder.Write("repo/a.json", "{}");
        _folder.Write("state/" + TrustStore.FileName, text);
        var store = Open();
        Assert.Empty(store.Folders);
        Assert.False(store.IsTrusted(_folder["repo"]));
        Assert.Null(store.Trust(_folder["repo"]));
        Assert.True(store.IsTrusted(_folder["repo"]));
    }

    [Fact]
    public void A_list_out_of_all_proportion_is_bounded()
    {
        _folder.Write("state/" + TrustStore.FileName, $$"""{"folders": [{{string.Join(",", Enumerable.Range(0, 5000).Select(static i => $"\"/f{i}\""))}}]}""");
        var store = Open();
        Assert.Equal(TrustStore.MaxFolders, store.Folders.Length);
        Assert.Null(store.Trust(_folder.Path));
        Assert.Equal(TrustStore.MaxFolders, store.Folders.Length);
        Assert.Equal(Path.GetFullPath(Real(string.Empty)), store.Folders[^1]);

        _folder.Write("state/" + TrustStore.FileName, $$"""{"folders": ["{{_folder.Path}}"], "x": "{{new string('x', 1024 * 1024)}}"}""");
        Assert.Empty(store.Folders);
    }

    [Fact]
    public void Only_the_person_may_read_and_write_the_file_and_no_other_file_is_left()
    {
        Assert.Null(Open().Trust(_folder.Path));
        Assert.Equal([_folder["state/" + TrustStore.FileName]], Directory.GetFiles(_folder["state"]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["state/" + TrustStore.FileName]));
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_a_failure()
    {
        _folder.Write("state", "a file");
        Assert.NotNull(Open().Trust(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private TrustStore Open() => new(new PhysicalFileSystem(), _folder["state"]);

    private string Real(string relative) => new PhysicalFileSystem().ResolveRealPath(relative.Length == 0 ? _folder.Path : _folder[relative]) is { IsSuccess: true } real ? real.Value : Path.Join(new PhysicalFileSystem().ResolveRealPath(_folder.Path).Value, relative);
}
