using System.Runtime.CompilerServices;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Settings;

namespace ConfigLsp.Server.Lsp.Diagnostics;

/// <summary>
/// What was last found in a version of a document, for those who ask again with every movement of the caret. Forgotten with the version.
/// </summary>
internal sealed class RecentFindings
{
    private readonly ConditionalWeakTable<OpenDocument, Entry> _entries = [];

    public void Remember(OpenDocument document, DocumentSnapshot snapshot, LspSettings settings, DiagnosticSet found) =>
        _entries.AddOrUpdate(document, new Entry(snapshot.Schema, snapshot.Dialect, settings, found));

    /// <summary>What is known, or else found now.</summary>
    public DiagnosticSet Find(OpenDocument document, DocumentSnapshot snapshot, LspSettings settings, CancellationToken cancellation)
    {
        if (_entries.TryGetValue(document, out Entry? known) && known.IsOf(snapshot, settings))
            return known.Found;
        DiagnosticSet found = document.Memory.Validate(snapshot, settings.ToValidationOptions(), cancellation);
        Remember(document, snapshot, settings, found);
        return found;
    }

    private sealed record Entry(JsonSchema? Schema, SyntaxDialect Dialect, LspSettings Settings, DiagnosticSet Found)
    {
        public bool IsOf(DocumentSnapshot snapshot, LspSettings settings) =>
            ReferenceEquals(Schema, snapshot.Schema) && ReferenceEquals(Settings, settings) && Dialect == snapshot.Dialect;
    }
}
