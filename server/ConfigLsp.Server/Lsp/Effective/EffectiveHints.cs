using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Features.Hover;
using ConfigLsp.Core.Features.InlayHints;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Lsp.Effective;

/// <summary>Says behind a value which stronger source overrides it, and with what.</summary>
internal static class EffectiveHints
{
    private const int MaxHints = 200;

    /// <summary>Longer values are left to the hover.</summary>
    private const int MaxValueLength = 40;

    /// <summary>The hints in a part of a document.</summary>
    public static IEnumerable<InlayHint> Find(SourceDocument source, SyntaxTree tree, TextSpan within, CancellationToken cancellation)
    {
        foreach ((SyntaxNode property, SettingKey _, SettingNode _) in FindOverridden(source, tree, within, cancellation).Take(MaxHints))
        {
            if (EffectiveHover.Describe(source, property.Value) is { Use: EffectiveUse.Overridden, Origins: [var origin, ..] } value)
                yield return new InlayHint(property.Value.Span.End, Text(value, origin));
        }
    }

    /// <summary>The settings of a document that a stronger source sets too. What is not saved yet may be among them.</summary>
    public static IEnumerable<(SyntaxNode Property, SettingKey Key, SettingNode Effective)> FindOverridden(
        SourceDocument source, SyntaxTree tree, TextSpan within, CancellationToken cancellation)
    {
        // The strongest source is overridden by none.
        if (source.Index == source.View.Layers.Length - 1)
            yield break;
        for (int i = 1; i < tree.NodeCount;)
        {
            cancellation.ThrowIfCancellationRequested();
            var node = tree.NodeAt(i);
            if (node.Span.Start > within.End)
                yield break;
            if (node.Span.End < within.Start || node.Kind == SyntaxKind.Array)
            {
                // An array is a setting as a whole.
                i = node.EndIndex;
                continue;
            }

            i++;
            if (node.Kind == SyntaxKind.Property && node.Value.Kind is not (SyntaxKind.Object or SyntaxKind.Missing or SyntaxKind.Invalid)
                && LayerPlace.FindKey(source.Layer, node.Value) is { } key
                && source.Layer.Root.Find(key.Segments) is not null
                && source.View.Find(key) is { } effective && effective.Origin.Layer > source.Index)
            {
                yield return (node, key, effective);
            }
        }
    }

    private static string Text(EffectiveValue value, EffectiveOrigin origin)
    {
        string by = origin.Variable is { } variable ? "env " + variable : origin.Source;
        bool isShown = !value.IsSecret && !value.IsObject && value.Json is { Length: <= MaxValueLength };
        return isShown ? $"overridden by {by} = {value.Json}" : $"overridden by {by}";
    }
}
