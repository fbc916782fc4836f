using System.Text.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Protocol;

namespace ConfigLsp.Server.Lsp.Lifecycle;

/// <summary>What the client said it can do, as far as it changes what the server does (LSP 3.17, <c>ClientCapabilities</c>).</summary>
internal sealed record ClientFeatures
{
    public static ClientFeatures None { get; } = new();

    public PositionEncoding PositionEncoding { get; init; } = PositionEncoding.Utf16;

    public bool PullsDiagnostics { get; init; }

    public bool RefreshesDiagnostics { get; init; }

    public bool RelatedInformation { get; init; }

    public bool HoverMarkdown { get; init; }

    public bool CompletionSnippets { get; init; }

    public bool CompletionInsertReplace { get; init; }

    public bool CompletionMarkdown { get; init; }

    public bool CompletionTags { get; init; }

    public bool CompletionDeprecated { get; init; }

    /// <summary>Whether code actions may be more than commands.</summary>
    public bool CodeActionLiterals { get; init; }

    /// <summary>Whether it asks for the edit of a code action when one is chosen.</summary>
    public bool CodeActionResolve { get; init; }

    /// <summary>Whether it asks for the documentation of an item when it shows it.</summary>
    public bool CompletionResolvesDocumentation { get; init; }

    public bool HierarchicalSymbols { get; init; }

    public bool Configuration { get; init; }

    public bool RegistersConfiguration { get; init; }

    public bool RegistersWatchedFiles { get; init; }

    /// <summary>Whether it takes formatting on and off while it runs.</summary>
    public bool RegistersFormatting { get; init; }

    /// <summary>The most folding ranges that it wants; null where it does not say.</summary>
    public int? FoldingRangeLimit { get; init; }

    public bool RefreshesSemanticTokens { get; init; }

    public bool RefreshesInlayHints { get; init; }

    public bool RefreshesCodeLenses { get; init; }

    /// <summary>Whether it makes changes in documents that it is asked for.</summary>
    public bool AppliesEdits { get; init; }

    /// <summary>Whether it compares the version that a change is meant for.</summary>
    public bool VersionedEdits { get; init; }

    public bool DefinitionLinks { get; init; }

    public bool TypeDefinitionLinks { get; init; }

    /// <summary>
    /// Whether it shows schemas that are no files, by <c>configlsp/schemaContent</c> (the initialisation option <c>configlsp.schemaContent</c>).
    /// </summary>
    public bool OpensSchemaContent { get; init; }

    /// <param name="capabilities">The member of <c>initialize</c>; anything missing or of another type counts as not supported.</param>
    public static ClientFeatures Read(JsonElement capabilities)
    {
        JsonElement document = capabilities.At("textDocument");
        JsonElement workspace = capabilities.At("workspace");
        JsonElement publish = document.At("publishDiagnostics");
        JsonElement pull = document.At("diagnostic");
        JsonElement item = document.At("completion", "completionItem");
        return new ClientFeatures
        {
            PositionEncoding = Negotiate([.. capabilities.At("general", "positionEncodings").Texts()]),
            PullsDiagnostics = pull.ValueKind == JsonValueKind.Object,
            RefreshesDiagnostics = workspace.IsTrue("diagnostics", "refreshSupport") || workspace.IsTrue("diagnostic", "refreshSupport"),
            // LSP 3.17 keeps it under publishDiagnostics; from 3.18 on clients repeat it under diagnostic.
            RelatedInformation = publish.IsTrue("relatedInformation") || pull.IsTrue("relatedInformation"),
            HoverMarkdown = PrefersMarkdown(document.At("hover", "contentFormat")),
            CompletionSnippets = item.IsTrue("snippetSupport"),
            CompletionInsertReplace = item.IsTrue("insertReplaceSupport"),
            CompletionMarkdown = PrefersMarkdown(item.At("documentationFormat")),
            CompletionTags = item.At("tagSupport", "valueSet").Integers().Contains(1),
            CompletionDeprecated = item.IsTrue("deprecatedSupport"),
            CodeActionLiterals = document.At("codeAction", "codeActionLiteralSupport").ValueKind == JsonValueKind.Object,
            CodeActionResolve = document.IsTrue("codeAction", "dataSupport") && document.At("codeAction", "resolveSupport", "properties").Texts().Contains("edit"),
            CompletionResolvesDocumentation = item.At("resolveSupport", "properties").Texts().Contains("documentation"),
            HierarchicalSymbols = document.IsTrue("documentSymbol", "hierarchicalDocumentSymbolSupport"),
            Configuration = workspace.IsTrue("configuration"),
            RegistersConfiguration = workspace.IsTrue("didChangeConfiguration", "dynamicRegistration"),
            RegistersFormatting = document.IsTrue("rangeFormatting", "dynamicRegistration"),
            FoldingRangeLimit = document.At("foldingRange", "rangeLimit") is { ValueKind: JsonValueKind.Number } limit && limit.TryGetInt32(out int most)
                ? Math.Max(0, most)
                : null,
            RefreshesSemanticTokens = workspace.IsTrue("semanticTokens", "refreshSupport"),
            RefreshesInlayHints = workspace.IsTrue("inlayHint", "refreshSupport"),
            RefreshesCodeLenses = workspace.IsTrue("codeLens", "refreshSupport"),
            AppliesEdits = workspace.IsTrue("applyEdit"),
            VersionedEdits = workspace.IsTrue("workspaceEdit", "documentChanges"),
            DefinitionLinks = document.IsTrue("definition", "linkSupport"),
            TypeDefinitionLinks = document.IsTrue("typeDefinition", "linkSupport"),
            RegistersWatchedFiles = workspace.IsTrue("didChangeWatchedFiles", "dynamicRegistration"),
        };
    }

    /// <summary>UTF-8 is our own encoding, so that nothing needs converting; else what every client has, unless it offers only UTF-32.</summary>
    private static PositionEncoding Negotiate(IReadOnlyList<string> offered)
    {
        if (offered.Contains(PositionEncodingNames.Utf8))
            return PositionEncoding.Utf8;
        return offered.Contains(PositionEncodingNames.Utf32) && !offered.Contains(PositionEncodingNames.Utf16)
            ? PositionEncoding.Utf32
            : PositionEncoding.Utf16;
    }

    private static bool PrefersMarkdown(JsonElement formats) => formats.Texts().Contains(MarkupContent.Markdown);
}
