using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Lsp.Protocol;

namespace ConfigLsp.Server.Lsp.Settings;

/// <summary>Reads the sections that the client sends. What has the wrong type keeps its default and is named in <see cref="Problems"/>.</summary>
internal sealed class LspSettingsReader
{
    private const int MaxProblemsLimit = 100_000;

    private readonly List<string> _problems = [];

    private LspSettingsReader()
    {
    }

    /// <summary>One sentence for each setting that could not be used; the value itself is not in it.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public static LspSettings Read(JsonElement json, JsonElement http, JsonElement configlsp, out IReadOnlyList<string> problems)
    {
        var reader = new LspSettingsReader();
        LspSettings defaults = LspSettings.Default;
        JsonElement limit = json.At("resultLimit");
        bool hasLimit = limit.ValueKind != JsonValueKind.Undefined;
        var settings = new LspSettings
        {
            JsonValidate = reader.Flag(json.At("validate", "enable"), "json.validate.enable", defaults.JsonValidate),
            Validate = reader.Flag(configlsp.At("validate", "enable"), "configlsp.validate.enable", defaults.Validate),
            FormatsAlways = reader.Choice(configlsp.At("validate", "formats"), "configlsp.validate.formats", ["always", "dialect"]) != "dialect",
            ValidateWorkspace = reader.Flag(configlsp.At("validate", "workspace"), "configlsp.validate.workspace", defaults.ValidateWorkspace),
            MaxProblems = reader.Number(configlsp.At("maxProblems"), "configlsp.maxProblems", 1, MaxProblemsLimit, defaults.MaxProblems),
            Severities = reader.ReadSeverities(configlsp.At("severity")),
            JsonSchemas = Raw(json.At("schemas")),
            OwnSchemas = Raw(configlsp.At("schemas")),
            ResultLimit = reader.Number(
                hasLimit ? limit : json.At("maxItemsComputed"), hasLimit ? "json.resultLimit" : "json.maxItemsComputed", 0, int.MaxValue, defaults.ResultLimit),
            JsonFoldingLimit = reader.Limit(json, "jsonFoldingLimit", "maxItemsComputed"),
            JsoncFoldingLimit = reader.Limit(json, "jsoncFoldingLimit", "maxItemsComputed"),
            JsonColorLimit = reader.Limit(json, "jsonColorDecoratorLimit") ?? defaults.JsonColorLimit,
            JsoncColorLimit = reader.Limit(json, "jsoncColorDecoratorLimit") ?? defaults.JsoncColorLimit,
            UnitHints = reader.Flag(configlsp.At("inlayHints", "units"), "configlsp.inlayHints.units", defaults.UnitHints),
            OverrideHints = reader.Flag(configlsp.At("inlayHints", "overrides"), "configlsp.inlayHints.overrides", defaults.OverrideHints),
            CodeLens = reader.Flag(configlsp.At("codeLens", "enable"), "configlsp.codeLens.enable", defaults.CodeLens),
            Format = reader.Flag(json.At("format", "enable"), "json.format.enable", defaults.Format),
            KeepLines = reader.Flag(json.At("keepLines", "enable"), "json.keepLines.enable", defaults.KeepLines)
                || reader.Flag(json.At("format", "keepLines"), "json.format.keepLines", defaults.KeepLines),
            SchemaDownload = reader.Flag(json.At("schemaDownload", "enable"), "json.schemaDownload.enable", defaults.SchemaDownload),
            TrustedAddresses = reader.ReadTrustedAddresses(json.At("schemaDownload", "trustedDomains")),
            Proxy = reader.Text(http.At("proxy"), "http.proxy") ?? defaults.Proxy,
            NoProxy = string.Join(',', http.At("noProxy").Texts()),
            ProxyStrictSsl = reader.Flag(http.At("proxyStrictSSL"), "http.proxyStrictSSL", defaults.ProxyStrictSsl),
            AllowPrivateAddresses = reader.Flag(
                configlsp.At("http", "allowPrivateAddresses"), "configlsp.http.allowPrivateAddresses", defaults.AllowPrivateAddresses),
            LogLevel = LogLevels.Parse(reader.Choice(configlsp.At("log", "level"), "configlsp.log.level", ["debug", "info", "warn", "error"])),
        };
        problems = reader.Problems;
        return settings;
    }

    private ImmutableDictionary<string, DiagnosticSeverity> ReadSeverities(JsonElement section)
    {
        if (IsAbsent(section))
            return [];
        if (section.ValueKind != JsonValueKind.Object)
        {
            _problems.Add("The setting configlsp.severity must be an object; it is ignored.");
            return [];
        }

        ImmutableDictionary<string, DiagnosticSeverity>.Builder severities = ImmutableDictionary.CreateBuilder<string, DiagnosticSeverity>(StringComparer.Ordinal);
        foreach (JsonProperty rule in section.EnumerateObject())
        {
            DiagnosticSeverity? severity = rule.Value.AsText() switch
            {
                "error" => DiagnosticSeverity.Error,
                "warning" => DiagnosticSeverity.Warning,
                "information" => DiagnosticSeverity.Information,
                "hint" => DiagnosticSeverity.Hint,
                "off" => DiagnosticSeverity.Off,
                _ => null,
            };
            string? code = rule.NameText();
            if (code is null)
                _problems.Add("An entry of configlsp.severity has a name that is not valid Unicode; it is ignored.");
            else if (severity is { } known)
                severities[code] = known;
            else
                _problems.Add("An entry of configlsp.severity is not one of error, warning, information, hint, off; it is ignored.");
        }

        return severities.Count == 0 ? [] : severities.ToImmutable();
    }

    /// <summary>VS Code keeps them as an object of addresses and truth values; a list of addresses is understood as well.</summary>
    private TrustedSchemaAddresses ReadTrustedAddresses(JsonElement section)
    {
        switch (section.ValueKind)
        {
            case JsonValueKind.Object:
                return TrustedSchemaAddresses.Create(section.EnumerateObject()
                    .Where(entry => entry.Value.ValueKind is JsonValueKind.True or JsonValueKind.False && entry.NameText() is not null)
                    .Select(entry => KeyValuePair.Create(entry.NameText()!, entry.Value.ValueKind == JsonValueKind.True)));
            case JsonValueKind.Array:
                return TrustedSchemaAddresses.Create(section.Texts().Select(address => KeyValuePair.Create(address, true)));
            default:
                Expect(section, "json.schemaDownload.trustedDomains", "an object of addresses and truth values");
                return TrustedSchemaAddresses.Default;
        }
    }

    private static ReadOnlyMemory<byte> Raw(JsonElement value) => IsAbsent(value) ? default : Encoding.UTF8.GetBytes(value.GetRawText());

    private bool Flag(JsonElement value, string name, bool otherwise)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.ValueKind == JsonValueKind.True;
        Expect(value, name, "true or false");
        return otherwise;
    }

    private int Number(JsonElement value, string name, int least, int most, int otherwise)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && !double.IsNaN(number))
            return (int)Math.Clamp(number, least, most);
        Expect(value, name, "a number");
        return otherwise;
    }

    /// <summary>The first of the limits that is given; null where none is.</summary>
    private int? Limit(JsonElement json, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (json.At(name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value)
                return Number(value, "json." + name, 0, int.MaxValue, LspSettings.Default.ResultLimit);
        }

        return null;
    }

    private string? Text(JsonElement value, string name)
    {
        if (value.AsText() is { } text)
            return text;
        Expect(value, name, "a text");
        return null;
    }

    private string? Choice(JsonElement value, string name, ReadOnlySpan<string> choices)
    {
        if (value.AsText() is { } text && choices.Contains(text))
            return text;
        Expect(value, name, "one of " + string.Join(", ", choices!));
        return null;
    }

    private void Expect(JsonElement value, string name, string expected)
    {
        if (!IsAbsent(value))
            _problems.Add($"The setting {name} must be {expected}; its default is used.");
    }

    private static bool IsAbsent(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
}
