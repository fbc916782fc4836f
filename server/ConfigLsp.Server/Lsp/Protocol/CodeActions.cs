using System.Text.Json;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <param name="TextDocument">The document.</param>
/// <param name="Range">What is selected.</param>
/// <param name="Context">LSP 3.17, <c>CodeActionContext</c>. Kept as JSON, since the findings in it are looked up again rather than believed.</param>
internal sealed record CodeActionParams(TextDocumentIdentifier TextDocument, Range Range, JsonElement Context = default);

internal sealed record CodeAction
{
    public required string Title { get; init; }

    public required string Kind { get; init; }

    public IReadOnlyList<Diagnostic>? Diagnostics { get; init; }

    public bool? IsPreferred { get; init; }

    public WorkspaceEdit? Edit { get; init; }

    /// <summary>From which the edit is made when the client asks for it; null where the edit is here already.</summary>
    public CodeActionData? Data { get; init; }
}

/// <summary>What identifies an action in one version of a document.</summary>
/// <param name="Uri">The document, as the client spells it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Range">The finding's place, or the place that was asked about.</param>
/// <param name="Rule">The rule whose finding is mended; null for an action about more than a finding.</param>
internal sealed record CodeActionData(string Uri, int Version, Range Range, string? Rule = null);

/// <summary>The members of an action that a client sends back.</summary>
internal sealed record CodeActionToResolve(string Title, string Kind, CodeActionData Data);

/// <param name="CodeActionKinds">The kinds that there may be.</param>
/// <param name="ResolveProvider">Whether edits may be asked for later.</param>
internal sealed record CodeActionOptions(IReadOnlyList<string> CodeActionKinds, bool ResolveProvider);
