using System.Text.Json.Nodes;

namespace ConfigLsp.Server.Tests.Lsp;

/// <summary>One <c>textDocument/publishDiagnostics</c>.</summary>
internal sealed class PublishedSet(JsonNode parameters)
{
    public string Uri { get; } = parameters["uri"]!.GetValue<string>();

    public int? Version { get; } = parameters["version"]?.GetValue<int>();

    public JsonArray Diagnostics { get; } = parameters["diagnostics"]!.AsArray();

    public IReadOnlyList<string> Codes => [.. Diagnostics.Select(diagnostic => diagnostic!["code"]!.GetValue<string>())];
}
