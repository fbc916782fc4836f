using System.Collections.Immutable;
using ConfigLsp.Configuration.Http;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Schema;
using ConfigLsp.Server.Logging;

namespace ConfigLsp.Server.Lsp.Settings;

/// <summary>The client's settings: the sections <c>json</c>, <c>http</c> and <c>configlsp</c>, with their defaults.</summary>
internal sealed record LspSettings
{
    public static LspSettings Default { get; } = new();

    /// <summary><c>json.validate.enable</c> and <c>configlsp.validate.enable</c>: either one switches validation off.</summary>
    public bool JsonValidate { get; init; } = true;

    public bool Validate { get; init; } = true;

    /// <summary><c>configlsp.validate.formats</c>: always, or as the schema's draft says.</summary>
    public bool FormatsAlways { get; init; } = true;

    /// <summary><c>configlsp.validate.workspace</c>: whether problems of settings files that are not open are reported too.</summary>
    public bool ValidateWorkspace { get; init; } = true;

    /// <summary><c>configlsp.maxProblems</c>, 1 to 100,000.</summary>
    public int MaxProblems { get; init; } = 1000;

    /// <summary><c>configlsp.severity</c>, by rule id.</summary>
    public ImmutableDictionary<string, DiagnosticSeverity> Severities { get; init; } = ImmutableDictionary<string, DiagnosticSeverity>.Empty;

    /// <summary><c>json.schemas</c> as UTF-8 JSON; empty when the client says nothing.</summary>
    public ReadOnlyMemory<byte> JsonSchemas { get; init; }

    /// <summary><c>configlsp.schemas</c> as UTF-8 JSON; empty when the client says nothing.</summary>
    public ReadOnlyMemory<byte> OwnSchemas { get; init; }

    /// <summary><c>json.resultLimit</c> on the wire, <c>json.maxItemsComputed</c> when pulled: most symbols.</summary>
    public int ResultLimit { get; init; } = 5000;

    /// <summary><c>json.jsonFoldingLimit</c> on the wire, <c>json.maxItemsComputed</c> when pulled: most folding ranges of a JSON document; null for what the client can do.</summary>
    public int? JsonFoldingLimit { get; init; }

    /// <summary><c>json.jsoncFoldingLimit</c>: the same of documents with comments.</summary>
    public int? JsoncFoldingLimit { get; init; }

    /// <summary><c>json.jsonColorDecoratorLimit</c>: most colours of a JSON document.</summary>
    public int JsonColorLimit { get; init; } = 5000;

    /// <summary><c>json.jsoncColorDecoratorLimit</c>: the same of documents with comments.</summary>
    public int JsoncColorLimit { get; init; } = 5000;

    /// <summary><c>configlsp.inlayHints.units</c>.</summary>
    public bool UnitHints { get; init; } = true;

    /// <summary><c>configlsp.inlayHints.overrides</c>.</summary>
    public bool OverrideHints { get; init; } = true;

    /// <summary><c>configlsp.codeLens.enable</c>.</summary>
    public bool CodeLens { get; init; } = true;

    /// <summary><c>json.format.enable</c>.</summary>
    public bool Format { get; init; } = true;

    /// <summary><c>json.keepLines.enable</c> on the wire, <c>json.format.keepLines</c> when pulled: formatting leaves line breaks as they are.</summary>
    public bool KeepLines { get; init; }

    /// <summary><c>json.schemaDownload.enable</c>.</summary>
    public bool SchemaDownload { get; init; } = true;

    /// <summary><c>json.schemaDownload.trustedDomains</c>.</summary>
    public TrustedSchemaAddresses TrustedAddresses { get; init; } = TrustedSchemaAddresses.Default;

    /// <summary><c>http.proxy</c>; empty for none.</summary>
    public string Proxy { get; init; } = string.Empty;

    /// <summary><c>http.noProxy</c>, separated by commas.</summary>
    public string NoProxy { get; init; } = string.Empty;

    /// <summary><c>http.proxyStrictSSL</c>.</summary>
    public bool ProxyStrictSsl { get; init; } = true;

    /// <summary><c>configlsp.http.allowPrivateAddresses</c>.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary><c>configlsp.log.level</c>; null leaves what the server was started with.</summary>
    public LogLevel? LogLevel { get; init; }

    /// <summary>Whether problems are reported at all.</summary>
    public bool IsValidating => JsonValidate && Validate;

    /// <summary>Whether problems of files that are not open are reported.</summary>
    public bool ValidatesWorkspace => IsValidating && ValidateWorkspace;

    /// <summary>How settings and schemas are reached over HTTP. A proxy that is no address counts as none.</summary>
    public HttpAccess ToHttpAccess() => new()
    {
        Proxy = HttpAccess.ParseProxy(Proxy),
        NoProxy = NoProxy,
        VerifyCertificates = ProxyStrictSsl,
        AllowPrivateAddresses = AllowPrivateAddresses,
    };

    /// <summary>What the person permits of downloading schemas.</summary>
    public SchemaDownloadSettings ToDownloadSettings() => new() { IsEnabled = SchemaDownload, Trusted = TrustedAddresses, Http = ToHttpAccess() };

    public ValidationOptions ToValidationOptions() => new()
    {
        Formats = FormatsAlways ? FormatAssertion.Always : FormatAssertion.Dialect,
        MaxProblems = MaxProblems,
        Severities = Severities,
        HonorsSuppressions = true,
    };
}
