namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>Parameters of <c>json/validateContent</c>: text that is in no document, against a schema by address.</summary>
internal sealed record ValidateContentParams(string SchemaUri, Utf8Text Content);

/// <summary>The answer to <c>json/languageStatus</c>.</summary>
internal sealed record LanguageStatus(IReadOnlyList<string> Schemas);

internal sealed record IsSettingsFileParams(string Uri);

internal sealed record IsSettingsFileResult(bool Settings);

/// <summary>The answer to <c>configlsp/keyAt</c>.</summary>
/// <param name="Path">The segments of the key.</param>
/// <param name="Source">The source whose content the document is.</param>
internal sealed record KeyAtResult(IReadOnlyList<string> Path, string Source);

internal sealed record HealthParams(string? Kind = null, bool Fresh = false);

/// <summary>The answer to <c>configlsp/ping</c>.</summary>
internal sealed record PingResult(string Version, string InstanceId, DateTimeOffset Timestamp);
