using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>Checks one file at a time; used by several threads at once.</summary>
internal sealed class FileChecker(IFileSystem files, SchemaAssociations associations)
{
    /// <summary>Checks a target. Whatever is wrong with it, also a defect of ours that it brings to light, stays with it.</summary>
    public async ValueTask<CheckOutcome> CheckAsync(CheckTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return target switch
            {
                CheckTarget.OnDisk file => await CheckAsync(file.Place, file.Uri, files.ReadText(file.FullPath, FileLimits.SettingsFile, cancellationToken), cancellationToken),
                CheckTarget.InMemory { Content: var content } input => await CheckAsync(
                    input.Place,
                    input.Uri,
                    content.TryGet(out var bytes, out var failure) ? TextFiles.Decode("Standard input", bytes) : failure,
                    cancellationToken),
                CheckTarget.Failed failed => new CheckOutcome.NotChecked(failed.Failure),
                _ => throw new InvalidOperationException($"Unknown target {target}."),
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new CheckOutcome.NotChecked(CheckFailures.From(exception, target.Location));
        }
    }

    private async ValueTask<CheckOutcome> CheckAsync(FileLocation location, DocumentUri uri, FileResult<SourceText> content, CancellationToken cancellationToken)
    {
        if (!content.TryGet(out var text, out var failure))
        {
            return new CheckOutcome.NotChecked(CheckFailures.From(failure, location));
        }

        if (text.Span[..Math.Min(text.Length, BinaryProbe)].Contains((byte)0))
        {
            return new CheckOutcome.NotChecked(new CheckFailure(location, "binary", $"{location.DisplayPath} is not a text file: it holds NUL bytes. Leave it out, or save it as UTF-8."));
        }

        var tree = JsonParser.Parse(text);
        await Task.CompletedTask;
        var selection = associations.Select(uri, tree, Exists);
        var diagnostics = SyntaxRules.Check(tree, FileDialect.Of(uri.Path), 1000, cancellationToken);
        return new CheckOutcome.Checked(new CheckedFile(location, text, [.. selection.Schemas.Select(schema => schema.Schema.Uri)], diagnostics));
    }

    private const int BinaryProbe = 8 * 1024;

    private bool Exists(DocumentUri uri) => uri.TryGetFilePath(out var path) && files.GetStatus(path).IsSuccess;
}
