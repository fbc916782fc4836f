using System.Collections.Immutable;
using System.Text.Json;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Server.Cli.Checking;

namespace ConfigLsp.Server.Cli.Reporting;

/// <summary>
/// OASIS SARIF 2.1.0: one run with all rules of the tool, relative URIs below <c>SRCROOT</c> (the current folder), fingerprints that survive
/// moved lines, and what could not be checked as notifications.
/// </summary>
/// <param name="output">Standard output.</param>
/// <param name="version">The version of the tool.</param>
/// <param name="rootUri">The URI of the current folder, ending in a slash.</param>
/// <param name="rules">All rules, in the order in which they are listed.</param>
internal sealed class SarifReport(Stream output, string version, string rootUri, ImmutableArray<DiagnosticDescriptor> rules) : ICheckReport, IDisposable
{
    private const string SchemaUri = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private const string RootId = "SRCROOT";
    private const string FingerprintName = "settingPath/v1";

    private readonly Utf8JsonWriter _json = JsonOutput.Create(output);
    private readonly Dictionary<DiagnosticDescriptor, int> _ruleIndexes = rules.Select((rule, index) => (rule, index)).ToDictionary(pair => pair.rule, pair => pair.index);
    private readonly List<CheckFailure> _failures = [];

    public void Begin()
    {
        _json.WriteStartObject();
        _json.WriteString("$schema", SchemaUri);
        _json.WriteString("version", "2.1.0");
        _json.WriteStartArray("runs");
        _json.WriteStartObject();
        WriteTool();
        _json.WriteStartObject("originalUriBaseIds");
        _json.WriteStartObject(RootId);
        _json.WriteString("uri", rootUri);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteString("columnKind", "utf16CodeUnits");
        _json.WriteStartArray("results");
    }

    public void Add(CheckedFile file)
    {
        var fingerprints = new SarifFingerprints(file.Text);
        foreach (var diagnostic in file.Diagnostics)
        {
            WriteResult(file, diagnostic, fingerprints.Next(diagnostic));
        }

        _json.Flush();
    }

    public void Add(CheckFailure failure) => _failures.Add(failure);

    public void End(CheckSummary summary, int exitCode)
    {
        _json.WriteEndArray();
        _json.WriteStartArray("invocations");
        _json.WriteStartObject();
        _json.WriteBoolean("executionSuccessful", summary is { Failures: 0, Interrupted: false });
        _json.WriteNumber("exitCode", exitCode);
        if (_failures.Count > 0)
        {
            _json.WriteStartArray("toolExecutionNotifications");
            _failures.ForEach(WriteNotification);
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        JsonOutput.Finish(_json, output);
    }

    public void Dispose() => _json.Dispose();

    private void WriteTool()
    {
        _json.WriteStartObject("tool");
        _json.WriteStartObject("driver");
        _json.WriteString("name", "ConfigLsp");
        _json.WriteString("semanticVersion", version);
        _json.WriteString("informationUri", "https://configlsp.dev");
        _json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            _json.WriteStartObject();
            _json.WriteString("id", rule.Id);
            WriteMessage("shortDescription", rule.Title);
            WriteMessage("fullDescription", rule.Explanation);
            WriteMessage("help", rule.Explanation);
            _json.WriteString("helpUri", rule.HelpUri);
            _json.WriteStartObject("defaultConfiguration");
            _json.WriteString("level", SeverityNames.SarifLevel(rule.Severity));
            _json.WriteEndObject();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteResult(CheckedFile file, Diagnostic diagnostic, string fingerprint)
    {
        _json.WriteStartObject();
        _json.WriteString("ruleId", diagnostic.Descriptor.Id);
        if (_ruleIndexes.TryGetValue(diagnostic.Descriptor, out var index))
        {
            _json.WriteNumber("ruleIndex", index);
        }

        _json.WriteString("level", SeverityNames.SarifLevel(diagnostic.Severity));
        WriteMessage("message", diagnostic.Message);
        _json.WriteStartArray("locations");
        _json.WriteStartObject();
        WritePhysicalLocation(file.Location, TextRange.Of(file.Text, diagnostic.Span));
        if (diagnostic.Data?.Path is { } path)
        {
            _json.WriteStartArray("logicalLocations");
            _json.WriteStartObject();
            _json.WriteString("fullyQualifiedName", path);
            _json.WriteString("kind", "member");
            _json.WriteEndObject();
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.WriteEndArray();
        WriteRelated(file, diagnostic);
        _json.WriteStartObject("partialFingerprints");
        _json.WriteString(FingerprintName, fingerprint);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteRelated(CheckedFile file, Diagnostic diagnostic)
    {
        if (diagnostic.Related.IsEmpty)
        {
            return;
        }

        _json.WriteStartArray("relatedLocations");
        for (var i = 0; i < diagnostic.Related.Length; i++)
        {
            var related = diagnostic.Related[i];
            var text = related.Uri is null ? file.Text : related.Text;
            _json.WriteStartObject();
            _json.WriteNumber("id", i + 1);
            WritePhysicalLocation(
                related.Uri is { } uri ? new FileLocation(uri, uri, IsRelative: false) : file.Location,
                text is null ? null : TextRange.Of(text, related.Span));
            WriteMessage("message", related.Message);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteNotification(CheckFailure failure)
    {
        _json.WriteStartObject();
        _json.WriteString("level", "error");
        WriteMessage("message", failure.Message);
        _json.WriteStartObject("descriptor");
        _json.WriteString("id", failure.Code);
        _json.WriteEndObject();
        if (failure.Location is { } location)
        {
            _json.WriteStartArray("locations");
            _json.WriteStartObject();
            WritePhysicalLocation(location, range: null);
            _json.WriteEndObject();
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
    }

    private void WritePhysicalLocation(FileLocation location, TextRange? range)
    {
        _json.WriteStartObject("physicalLocation");
        _json.WriteStartObject("artifactLocation");
        if (location.IsRelative || location.Uri is null)
        {
            _json.WriteString("uri", RelativeUri(location.DisplayPath));
            _json.WriteString("uriBaseId", RootId);
        }
        else
        {
            _json.WriteString("uri", location.Uri);
        }

        _json.WriteEndObject();
        if (range is { } place)
        {
            _json.WriteStartObject("region");
            _json.WriteNumber("startLine", place.Line);
            _json.WriteNumber("startColumn", place.Column);
            _json.WriteNumber("endLine", place.EndLine);
            _json.WriteNumber("endColumn", place.EndColumn);
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
    }

    private void WriteMessage(string name, string text)
    {
        _json.WriteStartObject(name);
        _json.WriteString("text", text);
        _json.WriteEndObject();
    }

    /// <summary>A relative reference (RFC 3986 section 4.2): every segment escaped, so that a colon in the first one is not read as a scheme.</summary>
    private static string RelativeUri(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
