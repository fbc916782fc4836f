using System.Text;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Testing.Files;

namespace ConfigLsp.Configuration.Tests.Sources;

public sealed class FileSourceTests
{
    private const string File = "/w/.nofx/settings.json";

    private readonly InMemoryFileSystem _files = new();

    [Theory]
    [InlineData("""{"a": 1}""")]
    [InlineData("\uFEFF{\"a\": 1}")]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData(" \n\t ")]
    [InlineData("// nothing yet\n")]
    [InlineData("""{"a": 1, "a": 2}""")]
    public async Task A_file_is_read_as_it_is_also_without_a_value(string text)
    {
        _files.Write(File, text);
        var content = await SourceTests.LoadAsync(Create());
        Assert.Equal((text, File), (content.Text(), content.FilePath));
        Assert.Equal(64, content.Hash.Length);
    }

    [Theory]
    [InlineData("{\n  \"a\": 1\n  \"b\": \"s3cret\"\n}", "line 2, column ")]
    [InlineData("{\"a\": s3cret}", "line 1, column 7")]
    [InlineData("{\"password\": \"s3cret", "line 1")]
    [InlineData("{\"a\": 1, // s3cret\n}", "line 1")]
    [InlineData("[1]", "no object, but an array")]
    [InlineData("\"s3cret\"", "no object, but a string")]
    [InlineData("null", "no object, but null")]
    [InlineData("{} {}", "line 1, column 4")]
    public async Task A_file_that_cannot_be_used_says_where_and_tells_no_secret(string text, string place)
    {
        _files.Write(File, text);
        var failed = Assert.IsType<SourceReading.Failed>(await Create().LoadAsync(previous: null, CancellationToken.None));
        Assert.Equal((ServiceErrors.SourceInvalid, false, "workspace"), (failed.Error.Descriptor, failed.IsTransient, failed.Error.Source));
        Assert.StartsWith(".nofx/settings.json", failed.Error.Message, StringComparison.Ordinal);
        Assert.Contains(place, failed.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failed.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settings.json", null, false, false)]
    [InlineData("settings.json", null, true, true)]
    [InlineData("settings.json", "jsonc", false, true)]
    [InlineData("settings.json", "json", true, false)]
    [InlineData("settings.jsonc", null, false, true)]
    [InlineData("settings.jsonc", "json", false, false)]
    [InlineData(".vscode/settings.json", null, false, true)]
    public async Task Comments_are_judged_as_in_the_editor(string path, string? format, bool schemaAllows, bool expected)
    {
        _files.Write("/w/" + path, "{ // why\n \"a\": 1, }");
        var schema = SourceTests.Compile(schemaAllows ? """{"allowComments": true, "allowTrailingCommas": true}""" : "{}");
        var plan = Plan(path) with { Configuration = new SourceConfiguration("a", SourceType.File) { Path = path, Format = format } };
        using var source = new FileSource(plan, _files, changes: null, () => schema);
        Assert.Equal(expected, await source.LoadAsync(previous: null, CancellationToken.None) is SourceReading.Loaded);
    }

    [Theory]
    [InlineData(FileFailureKind.PermissionDenied, nameof(ServiceErrors.PermissionDenied), false)]
    [InlineData(FileFailureKind.IoError, nameof(ServiceErrors.Unavailable), true)]
    [InlineData(FileFailureKind.TooLarge, nameof(ServiceErrors.LimitExceeded), false)]
    [InlineData(FileFailureKind.NotRegularFile, nameof(ServiceErrors.SourceInvalid), false)]
    public async Task A_failure_of_the_file_system_is_told_apart(FileFailureKind kind, string name, bool isTransient)
    {
        _files.Write(File, "{}").Fail(File, kind);
        var failed = Assert.IsType<SourceReading.Failed>(await Create().LoadAsync(previous: null, CancellationToken.None));
        Assert.Equal((name, isTransient), (failed.Error.Descriptor.Name, failed.IsTransient));
    }

    [Fact]
    public async Task Text_that_is_not_utf8_is_refused()
    {
        _files.Write(File, Encoding.Unicode.GetBytes("\uFEFF{}"));
        var failed = Assert.IsType<SourceReading.Failed>(await Create().LoadAsync(previous: null, CancellationToken.None));
        Assert.Equal(ServiceErrors.SourceInvalid, failed.Error.Descriptor);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_missing_unless_it_is_required()
    {
        Assert.IsType<SourceReading.Missing>(await Create().LoadAsync(previous: null, CancellationToken.None));
        var plan = Plan(".nofx/settings.json");
        using var required = new FileSource(plan with { Configuration = plan.Configuration with { Required = true } }, _files, changes: null, () => null);
        var failed = Assert.IsType<SourceReading.Failed>(await required.LoadAsync(previous: null, CancellationToken.None));
        Assert.Equal((ServiceErrors.SourceMissing, false), (failed.Error.Descriptor, failed.IsTransient));
    }

    [Fact]
    public async Task Unchanged_bytes_give_the_previous_content()
    {
        _files.Write(File, """{"a": 1}""");
        using var source = Create();
        var first = await SourceTests.LoadAsync(source);
        _files.Write(File, """{"a": 1}""");
        Assert.Same(first, await SourceTests.LoadAsync(source, first));
        _files.Write(File, """{"a": 2}""");
        var second = await SourceTests.LoadAsync(source, first);
        Assert.NotEqual(first.Hash, second.Hash);

        // The same bytes elsewhere are another file.
        _files.Delete(File).Write("/w/other.json", """{"a": 2}""").AddLink(File, "/w/other.json");
        Assert.Equal("/w/other.json", (await SourceTests.LoadAsync(source, second)).FilePath);
    }

    [Theory]
    [InlineData("/etc/shadow")]
    [InlineData("../../etc/shadow")]
    [InlineData("/wide/settings.json")]
    public async Task A_link_out_of_an_untrusted_folder_is_not_read(string target)
    {
        _files.Write("/etc/shadow", "{}").Write("/wide/settings.json", "{}").AddLink(File, target);
        using var untrusted = new FileSource(Plan(".nofx/settings.json") with { AllowedRoot = "/w" }, _files, changes: null, () => null);
        var failed = Assert.IsType<SourceReading.Failed>(await untrusted.LoadAsync(previous: null, CancellationToken.None));
        Assert.Equal((ServiceErrors.NotTrusted, false), (failed.Error.Descriptor, failed.IsTransient));
        Assert.Empty(_files.Reads);
        await SourceTests.LoadAsync(Create());
    }

    [Fact]
    public async Task Links_within_an_untrusted_folder_and_to_it_are_followed()
    {
        _files.Write("/real/w/data/settings.json", "{}").AddLink("/w", "/real/w").AddLink("/real/w/.nofx", "data");
        using var source = new FileSource(Plan(".nofx/settings.json") with { AllowedRoot = "/w" }, _files, changes: null, () => null);
        Assert.Equal("/real/w/data/settings.json", (await SourceTests.LoadAsync(source)).FilePath);
    }

    [Fact]
    public async Task A_cancelled_attempt_leaves_the_source_usable()
    {
        _files.Write(File, "{}");
        using var source = Create();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await source.LoadAsync(previous: null, new CancellationToken(canceled: true)));
        var readings = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => source.LoadAsync(previous: null, CancellationToken.None).AsTask()));
        Assert.All(readings, static r => Assert.IsType<SourceReading.Loaded>(r));
    }

    private static PlannedSource Plan(string path) =>
        new("workspace", SourceType.File, new SourceConfiguration("workspace", SourceType.File) { Path = path }) { FilePath = "/w/" + path, DisplayPath = path };

    private FileSource Create() => new(Plan(".nofx/settings.json"), _files, changes: null, static () => null);
}
