using System.Collections.Immutable;
using System.Text.Json;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Cli.Checking;

namespace ConfigLsp.Server.Cli.Reporting;

/// <summary>
/// The format for programs, documented in <c>docs/cli.md</c>. Properties are only ever added; a change that could break a reader changes
/// <c>version</c>. The totals come last, since files are written while others are still being checked.
/// </summary>
internal sealed class JsonReport(Stream output) : ICheckReport, IDisposable
{
    private const int Version = 1;

    private readonly Utf8JsonWriter _json = JsonOutput.Create(output);
    private readonly List<CheckFailure> _failures = [];

    public void Begin()
    {
        _json.WriteStartObject();
        _json.WriteNumber("version", Version);
        _json.WriteStartArray("files");
    }

    public void Add(CheckedFile file)
    {
        _json.WriteStartObject();
        _json.WriteString("path", file.Location.DisplayPath);
        _json.WriteOptional("uri", file.Location.Uri);
        WriteStrings("schemas", file.Schemas);
        _json.WriteStartArray("diagnostics");
        foreach (var diagnostic in file.Diagnostics)
        {
            Write(file.Text, diagnostic);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    public void Add(CheckFailure failure) => _failures.Add(failure);

    public void End(CheckSummary summary, int exitCode)
    {
        _json.WriteEndArray();
        _json.WriteStartArray("errors");
        foreach (var failure in _failures)
        {
            _json.WriteStartObject();
            _json.WriteOptional("path", failure.Location?.DisplayPath);
            _json.WriteString("code", failure.Code);
            _json.WriteString("message", failure.Message);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteStartObject("summary");
        _json.WriteNumber("files", summary.Files);
        _json.WriteNumber("filesWithFindings", summary.FilesWithFindings);
        _json.WriteNumber("filesNotChecked", summary.Failures);
        _json.WriteNumber("errors", summary.Errors);
        _json.WriteNumber("warnings", summary.Warnings);
        _json.WriteNumber("notes", summary.Notes);
        _json.WriteBoolean("interrupted", summary.Interrupted);
        _json.WriteNumber("exitCode", exitCode);
        _json.WriteEndObject();
        _json.WriteEndObject();
        JsonOutput.Finish(_json, output);
    }

    public void Dispose() => _json.Dispose();

    private void Write(SourceText text, Diagnostic diagnostic)
    {
        _json.WriteStartObject();
        _json.WriteString("rule", diagnostic.Descriptor.Id);
        _json.WriteString("severity", SeverityNames.Of(diagnostic.Severity));
        _json.WriteString("message", diagnostic.Message);
        var range = TextRange.Of(text, diagnostic.Span);
        Write(range);
        if (diagnostic.Data is { } data)
        {
            _json.WriteOptional("pointer", data.Path);
            _json.WriteOptional("schemaUri", data.SchemaUri);
            _json.WriteOptional("schemaPointer", data.SchemaPointer);
            _json.WriteOptional("expected", data.Expected);
            _json.WriteOptional("actual", data.Actual);
            if (!data.Suggestions.IsEmpty)
            {
                WriteStrings("suggestions", data.Suggestions);
            }
        }

        if (!diagnostic.Related.IsEmpty)
        {
            _json.WriteStartArray("related");
            foreach (var related in diagnostic.Related)
            {
                _json.WriteStartObject();
                _json.WriteString("message", related.Message);
                _json.WriteOptional("uri", related.Uri);
                if ((related.Uri is null ? text : related.Text) is { } relatedText)
                {
                    Write(TextRange.Of(relatedText, related.Span));
                }

                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }

        _json.WriteString("help", diagnostic.Descriptor.HelpUri);
        _json.WriteEndObject();
    }

    private void Write(TextRange range)
    {
        _json.WriteNumber("line", range.Line);
        _json.WriteNumber("column", range.Column);
        _json.WriteStartObject("range");
        Write("start", range.Start);
        Write("end", range.End);
        _json.WriteEndObject();
    }

    private void Write(string name, LinePosition position)
    {
        _json.WriteStartObject(name);
        _json.WriteNumber("line", position.Line);
        _json.WriteNumber("character", position.Character);
        _json.WriteEndObject();
    }

    private void WriteStrings(string name, ImmutableArray<string> values)
    {
        _json.WriteStartArray(name);
        foreach (var value in values)
        {
            _json.WriteStringValue(value);
        }

        _json.WriteEndArray();
    }
}
