using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Lsp.Effective;

/// <summary>Says in a settings file what is wrong with the settings of all sources together, where this file contributes the value.</summary>
internal static class EffectiveFindings
{
    private const int MaxOverridden = 500;

    public static DiagnosticSet Add(
        DiagnosticSet found, SourceDocument source, SyntaxTree tree, ImmutableDictionary<string, DiagnosticSeverity> severities, CancellationToken cancellation)
    {
        found = AddOverridden(found, source, tree, severities, cancellation);
        DiagnosticSeverity severity = severities.GetValueOrDefault(DiagnosticCatalog.MergedSettingsInvalid.Id, DiagnosticCatalog.MergedSettingsInvalid.Severity);
        if (severity == DiagnosticSeverity.Off)
            return found;
        ImmutableArray<Diagnostic> added =
        [
            .. source.View.Findings
                .Where(finding => finding.Outcome == FindingOutcome.Reported && finding.Layer == source.Index)
                // What is wrong with this file alone has been said.
                .Where(finding => !found.Diagnostics.Any(known => known.Descriptor == finding.Diagnostic.Descriptor && known.Data?.Path == finding.Diagnostic.Data?.Path))
                .Select(finding => new Diagnostic(
                    DiagnosticCatalog.MergedSettingsInvalid, Place(source.Layer, tree, finding), $"The settings of all sources together are not valid: {finding.Diagnostic.Message}")
                {
                    Severity = severity,
                }),
        ];
        return added.IsEmpty ? found : found with { Diagnostics = found.Diagnostics.AddRange(added) };
    }

    /// <summary>Fades what never wins. The hints stand behind the problems, and are few enough to be looked at.</summary>
    private static DiagnosticSet AddOverridden(
        DiagnosticSet found, SourceDocument source, SyntaxTree tree, ImmutableDictionary<string, DiagnosticSeverity> severities, CancellationToken cancellation)
    {
        DiagnosticSeverity severity = severities.GetValueOrDefault(DiagnosticCatalog.OverriddenValue.Id, DiagnosticCatalog.OverriddenValue.Severity);
        if (severity == DiagnosticSeverity.Off)
            return found;
        ImmutableArray<Diagnostic> added =
        [
            .. EffectiveHints.FindOverridden(source, tree, tree.Text.FullSpan, cancellation)
                .Take(MaxOverridden)
                .Select(setting => new Diagnostic(
                    DiagnosticCatalog.OverriddenValue, setting.Property.Span,
                    $"This value never wins: {source.View.Layers[setting.Effective.Origin.Layer].Name} sets `{setting.Key}` too, and is stronger.")
                {
                    Severity = severity,
                    Data = new DiagnosticData { Path = setting.Property.GetPointer() },
                    Related = Winner(source.View, setting.Effective.Origin),
                }),
        ];
        return added.IsEmpty ? found : found with { Diagnostics = found.Diagnostics.AddRange(added) };
    }

    /// <summary>The place that wins, where that is in a file.</summary>
    private static ImmutableArray<RelatedInformation> Winner(ConfigurationSnapshot view, SettingOrigin origin)
    {
        Layer layer = view.Layers[origin.Layer];
        return layer.Content?.FilePath is { } path && origin.Tree is { } tree
            ? [new RelatedInformation(DocumentUri.FromFilePath(path).Text, origin.Name, $"{layer.Name} sets it here.") { Text = tree.Text }]
            : [];
    }

    /// <summary>The key of the setting, or the nearest one around it; of all settings the bracket that opens them.</summary>
    private static TextSpan Place(Layer layer, SyntaxTree tree, SettingFinding finding)
    {
        SyntaxNode property = LayerPlace.FindProperty(layer, tree, finding.Key);
        if (!property.IsNone)
            return property.NameSpan;
        return tree.Root.IsNone ? default : new TextSpan(tree.Root.Span.Start, Math.Min(1, tree.Root.Span.Length));
    }
}
