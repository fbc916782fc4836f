using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Effective;
using ConfigLsp.Server.Lsp.Settings;

namespace ConfigLsp.Server.Lsp.Diagnostics;

/// <summary>Computes the complete findings of one version of a document: after the client's settings and the schema, as far as they come in time.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle, the only thing to dispose, is never created.")]
internal sealed class DocumentAnalysis(SessionState state, SnapshotSource snapshots, SettingsReadiness readiness, RecentFindings findings, EffectiveSettings? effective)
{
    /// <summary>Leaves a core to the requests that a person waits for, such as completion.</summary>
    private readonly SemaphoreSlim _computing = new(Math.Max(1, Environment.ProcessorCount - 1));

    public async Task<AnalysisResult> AnalyzeAsync(OpenDocument document, CancellationToken cancellation)
    {
        await readiness.WaitAsync(cancellation).ConfigureAwait(false);
        LspSettings settings = state.Settings;
        if (!settings.IsValidating)
            return new AnalysisResult(document.Text, DiagnosticSet.Empty);

        await ParseAsync(document, cancellation).ConfigureAwait(false);
        PreparedSnapshot prepared = await snapshots.PrepareAsync(document, cancellation).ConfigureAwait(false);
        ImmutableArray<SchemaProblem> problems = await snapshots.InspectAsync(document, prepared.Lookup, cancellation).ConfigureAwait(false);
        // A person waits for the first findings, but not for what other files add to them.
        bool isReady = effective is { IsReady: true };
        SourceDocument? source = isReady ? await effective!.FindAsync(document, cancellation).ConfigureAwait(false) : null;
        await _computing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ValidationOptions options = settings.ToValidationOptions();
            DiagnosticSet found = document.Memory.Validate(prepared.Snapshot, options, cancellation);
            found = SchemaFileValidation.Add(found, problems, document.Uri, options);
            if (source is { Layer.Section: not null })
                found = SchemaFindingsOnly(found, document.Tree);
            ImmutableArray<Diagnostic> defaults = DefaultValues.Find(prepared.Snapshot, settings.Severities, cancellation);
            if (!defaults.IsEmpty)
                found = found with { Diagnostics = found.Diagnostics.AddRange(defaults) };
            findings.Remember(document, prepared.Snapshot, settings, found);
            if (source is not null)
                found = EffectiveFindings.Add(found, source, document.Tree, settings.Severities, cancellation);
            found = SchemaLoadFindings.Add(found, prepared.Lookup, document.Tree, settings.Severities);
            document.Findings = found.Diagnostics;
            return new AnalysisResult(document.Text, found);
        }
        finally
        {
            _computing.Release();
            if (!isReady)
                effective?.CheckWhenReady(document);
        }
    }

    /// <summary>The syntax of a file in which settings have only a section is checked by the program that it belongs to.</summary>
    private static DiagnosticSet SchemaFindingsOnly(DiagnosticSet found, SyntaxTree tree)
    {
        if (tree.Errors.IsEmpty)
            return found;
        HashSet<(DiagnosticDescriptor, TextSpan)> syntax = [.. tree.Errors.Select(error => (error.Descriptor, error.Span))];
        return found with { Diagnostics = found.Diagnostics.RemoveAll(diagnostic => syntax.Contains((diagnostic.Descriptor, diagnostic.Span))) };
    }

    private async Task ParseAsync(OpenDocument document, CancellationToken cancellation)
    {
        await _computing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _ = document.Tree;
        }
        finally
        {
            _computing.Release();
        }
    }
}

/// <summary>What was found.</summary>
/// <param name="Text">The text that the spans refer to.</param>
/// <param name="Set">The findings.</param>
internal readonly record struct AnalysisResult(SourceText Text, DiagnosticSet Set);
