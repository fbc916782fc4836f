using System.Text;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Testing.Files;

namespace ConfigLsp.Configuration.Tests.Storage;

/// <summary>Power loss right before each step of a replacement, and after all of them, with many outcomes each.</summary>
public sealed class PowerLossTests
{
    private const string Path = "/home/me/.nofx/settings.json";
    private const int Outcomes = 60;

    private static readonly DurableTarget Target = new(Path);
    private static readonly byte[] Old = Encoding.UTF8.GetBytes("""{"maxAgents": 3}""");
    private static readonly byte[] New = Encoding.UTF8.GetBytes("""{"maxAgents": 5, "theme": "dark"}""");

    [Fact]
    public void What_is_written_without_flushing_may_be_lost()
    {
        var files = new PowerLossFileSystem();
        using (var folder = files.OpenFolder("/").Value)
        {
            using var file = folder.CreateFile("a", 0).Value;
            Assert.True(file.Write(New).IsSuccess);
            Assert.Null(folder.Rename("a", "b", replace: true));
        }

        var found = Enumerable.Range(0, Outcomes).Select(seed => Read(files.LosePower(seed), "/b")).ToList();
        Assert.Contains(found, content => content is null);
        Assert.Contains(found, content => content is { Length: 0 });
        Assert.Contains(found, content => content is { Length: > 0 } && !content.AsSpan().SequenceEqual(New));
    }

    [Fact]
    public void A_replacement_that_was_confirmed_is_there_afterwards()
    {
        var files = WithOldContent();
        Assert.True(Replace(files, Old).IsSuccess);
        Assert.All(Enumerable.Range(0, Outcomes), seed => Assert.Equal(New, Read(files.LosePower(seed), Path)));
    }

    [Fact]
    public void A_replacement_cut_short_leaves_all_of_the_old_or_all_of_the_new()
    {
        var steps = CountSteps(WithOldContent(), Old);
        var survivors = new HashSet<string>(StringComparer.Ordinal);
        for (var step = 1; step <= steps; step++)
        {
            var files = WithOldContent();
            Assert.Throws<PowerCut>(() => Replace(new FaultyFileSystem(files).Before(step, () => throw new PowerCut()), Old));
            for (var seed = 0; seed < Outcomes; seed++)
            {
                var after = files.LosePower(seed);
                var content = Read(after, Path);
                Assert.True(content is not null && (content.AsSpan().SequenceEqual(Old) || content.AsSpan().SequenceEqual(New)), $"step {step}, outcome {seed}");
                survivors.Add(Encoding.UTF8.GetString(content));

                // The next writer gets on, and tidies up.
                Assert.True(Replace(after, content).IsSuccess);
                Assert.Equal("settings.json", Assert.Single(after.EnumerateDirectory("/home/me/.nofx")).Value.Name);
            }
        }

        Assert.Equal(2, survivors.Count);
    }

    [Fact]
    public void A_first_file_cut_short_is_there_in_full_or_not_at_all()
    {
        var steps = CountSteps(new PowerLossFileSystem(), expected: null);
        for (var step = 1; step <= steps; step++)
        {
            var files = new PowerLossFileSystem();
            Assert.Throws<PowerCut>(() => Replace(new FaultyFileSystem(files).Before(step, () => throw new PowerCut()), expected: null));
            for (var seed = 0; seed < Outcomes; seed++)
            {
                var after = files.LosePower(seed);
                var content = Read(after, Path);
                Assert.True(content is null || content.AsSpan().SequenceEqual(New), $"step {step}, outcome {seed}");
                Assert.True(Replace(after, content).IsSuccess);
            }
        }
    }

    private static ServiceResult<ReplacedFile> Replace(IWritableFileSystem files, byte[]? expected) =>
        DurableFile.Replace(files, Target, New, expected is null ? null : ContentHash.Of(expected), CancellationToken.None);

    private static PowerLossFileSystem WithOldContent()
    {
        var files = new PowerLossFileSystem();
        Assert.True(DurableFile.Replace(files, Target, Old, expectedHash: null, CancellationToken.None).IsSuccess);
        return files;
    }

    private static int CountSteps(PowerLossFileSystem files, byte[]? expected)
    {
        var counted = new FaultyFileSystem(files);
        Assert.True(Replace(counted, expected).IsSuccess);
        return counted.Steps.Length;
    }

    private static byte[]? Read(PowerLossFileSystem files, string path) =>
        files.ReadFile(path, int.MaxValue, CancellationToken.None).TryGet(out var content, out _) ? content.ToArray() : null;

    private sealed class PowerCut : Exception;
}
