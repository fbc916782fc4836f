using System.Text;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Testing;

namespace ConfigLsp.Configuration.Tests.Schemas.Downloading;

public sealed class SchemaCacheTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Uri Address = new("https://example.com/s.json?a=1");

    private readonly TemporaryFolder _folder = new();
    private readonly SchemaCache _cache;

    public SchemaCacheTests() => _cache = new SchemaCache(new PhysicalFileSystem(), _folder.PathTo("configlsp/schemas"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_kept_is_found_with_all_that_is_known_of_it()
    {
        var entry = Keep(_cache, Address, "true") with { };
        var copy = new SchemaCache(new PhysicalFileSystem(), _folder.PathTo("configlsp/schemas")).Find(Address);
        Assert.Equal("true", Encoding.UTF8.GetString(copy!.Content.Span));
        Assert.Equal(entry, copy.Entry);
        Assert.Equal("\"v1\"", copy.Entry.Validator.Tag!.Tag);
        Assert.Null(_cache.Find(new Uri("https://example.com/s.json?a=2")));
    }

    [Fact]
    public void Another_content_takes_the_place_of_the_one_before()
    {
        Keep(_cache, Address, "true");
        Keep(_cache, Address, "false");
        Assert.Equal("false", Encoding.UTF8.GetString(_cache.Find(Address)!.Content.Span));
    }

    [Theory]
    [InlineData("contents", "fals")]
    [InlineData("contents", "")]
    [InlineData("addresses", "{}")]
    [InlineData("addresses", "{\"address\": \"https://example.com/s.json?a=1\", \"sha256\": \"../../../etc/passwd\"}")]
    [InlineData("addresses", "\0\0")]
    public void What_is_damaged_is_noticed_and_dropped(string part, string damage)
    {
        Keep(_cache, Address, "true");
        File.WriteAllText(Assert.Single(Directory.GetFiles(_folder.PathTo($"configlsp/schemas/{part}"))), damage);
        Assert.Null(_cache.Find(Address));
        Keep(_cache, Address, "true");
        Assert.NotNull(_cache.Find(Address));
    }

    [Fact]
    public void A_copy_under_another_address_is_not_taken_for_it()
    {
        Keep(_cache, Address, "true");
        var other = new Uri("https://other.example/s.json");
        Keep(_cache, other, "false");
        var entries = Directory.GetFiles(_folder.PathTo("configlsp/schemas/addresses"));
        File.Copy(entries[0], entries[1], overwrite: true);
        Assert.Single((Uri[])[Address, other], a => _cache.Find(a) is not null);
    }

    [Fact]
    public void It_is_the_users_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Keep(_cache, Address, "true");
        var folder = _folder.PathTo("configlsp/schemas");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(folder, "*", SearchOption.AllDirectories)[0]));

        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        Assert.Null(_cache.Find(Address));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_failure()
    {
        _folder.Write("configlsp", "a file");
        Keep(_cache, Address, "true");
        Assert.Null(_cache.Find(Address));
    }

    [Fact]
    public void Beyond_its_bounds_the_oldest_go_and_the_newest_stays()
    {
        var small = new SchemaCache(new PhysicalFileSystem(), _folder.PathTo("configlsp/schemas")) { MaxBytes = 1000 };
        for (var i = 0; i < 20; i++)
        {
            Keep(small, new Uri($"https://example.com/{i}"), $"\"{i}{new string('x', 200)}\"");
            foreach (var file in Directory.GetFiles(_folder.PathTo("configlsp/schemas/addresses")))
            {
                // Older by a step, so that the order does not hang on the resolution of the clock.
                File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file) - TimeSpan.FromMinutes(1));
            }
        }

        var left = Enumerable.Range(0, 20).Where(i => small.Find(new Uri($"https://example.com/{i}")) is not null).ToList();
        Assert.NotEmpty(left);
        Assert.Equal(Enumerable.Range(20 - left.Count, left.Count), left);
        Assert.True(Directory.GetFiles(_folder.PathTo("configlsp/schemas/contents")).Sum(f => new FileInfo(f).Length) <= 1000);

        var few = new SchemaCache(new PhysicalFileSystem(), _folder.PathTo("configlsp/schemas")) { MaxEntries = 3 };
        Keep(few, new Uri("https://example.com/last"), "true");
        Assert.NotNull(few.Find(new Uri("https://example.com/last")));
        Assert.True(Directory.GetFiles(_folder.PathTo("configlsp/schemas/addresses")).Length <= 3);
    }

    [Fact]
    public void Many_may_write_and_read_at_once()
    {
        Parallel.For(0, 200, i =>
        {
            var cache = new SchemaCache(new PhysicalFileSystem(), _folder.PathTo("configlsp/schemas"));
            Keep(cache, Address, i % 2 == 0 ? "true" : "false");
            Assert.Contains(Encoding.UTF8.GetString(cache.Find(Address)!.Content.Span), (string[])["true", "false"]);
        });
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void It_lies_where_the_platform_keeps_caches()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Assert.Equal("/x/configlsp/schemas", SchemaCache.FindFolder(static name => name == "XDG_CACHE_HOME" ? "/x" : "/home/me"));
        Assert.Equal("/home/me/.cache/configlsp/schemas", SchemaCache.FindFolder(static name => name == "HOME" ? "/home/me" : "relative"));
        Assert.Null(SchemaCache.FindFolder(static _ => null));
    }

    private static CacheEntry Keep(SchemaCache cache, Uri address, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var entry = new CacheEntry(address.AbsoluteUri, ContentHash.Of(bytes))
        {
            FetchedAt = Now,
            CheckedAt = Now,
            FreshFor = TimeSpan.FromDays(1),
            Source = address.AbsoluteUri,
            Tag = "\"v1\"",
            LastModified = Now,
        };
        cache.Keep(entry, bytes);
        return entry;
    }
}
