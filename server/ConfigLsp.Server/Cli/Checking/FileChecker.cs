using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>Checks one file at a time, as the editor would; used by several threads at once.</summary>
/// <param name="files">The file system.</param>
/// <param name="schemas">Finds the schema of each file.</param>
/// <param name="schemaUri">The schema that checks all files instead, or null.</param>
internal sealed class FileChecker(IFileSystem files, SchemaStore schemas, string? schemaUri)
{
    /// <summary>How far into a file a NUL byte says that it is no text; the same distance as in git.</summary>
    private const int BinaryProbe = 8000;

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
            return new CheckOutcome.NotChecked(
                new CheckFailure(location, "binary", $"{location.DisplayPath} is not a text file: it holds NUL bytes. Leave it out, or save it as UTF-8."));
        }

        var tree = JsonParser.Parse(text);
        var lookup = schemaUri is null ? await schemas.GetSchemaAsync(uri, tree, cancellationToken) : await schemas.GetSchemaByUriAsync(schemaUri, cancellationToken);
        var problems = await schemas.InspectAsync(uri, tree, lookup, cancellationToken);
        schemas.Forget(uri);
        if (lookup.IsPending)
        {
            return new CheckOutcome.NotChecked(
                new CheckFailure(location, "schema-timeout", $"{location.DisplayPath} was not checked: its schema {string.Join(", ", lookup.Uris)} takes too long to load."));
        }

        var dialect = FileDialect.Of(uri, schemas.Associations);
        var snapshot = new DocumentSnapshot(uri.Text, version: 0, tree, lookup.Schema, dialect.Dialect, schemaMayOverride: !dialect.IsStated);
        var found = DocumentValidation.Validate(snapshot, ValidationOptions.Default, cancellationToken);
        found = SchemaFileValidation.Add(found, problems, uri.Text, ValidationOptions.Default);
        return new CheckOutcome.Checked(new CheckedFile(location, text, lookup.Uris, WithSchemaProblems(found.Diagnostics, lookup, tree)) { SecretSpans = found.SecretSpans });
    }

    private static ImmutableArray<Diagnostic> WithSchemaProblems(ImmutableArray<Diagnostic> found, SchemaLookup lookup, SyntaxTree tree) => lookup.Problems.IsEmpty
        ? found
        : [.. lookup.Problems.Select(problem => problem.ToDiagnostic(tree)).Concat(found).OrderBy(diagnostic => diagnostic.Span.Start)];
}
