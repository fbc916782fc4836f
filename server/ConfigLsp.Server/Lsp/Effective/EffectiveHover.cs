using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Core.Features.Hover;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Server.Lsp.Effective;

/// <summary>Finds out what a hover says about the value under the caret: whether it is effective, and what is instead.</summary>
internal static class EffectiveHover
{
    /// <summary>What becomes of a value; null where it is not a setting.</summary>
    public static EffectiveValue? Describe(SourceDocument source, SyntaxNode value)
    {
        if (LayerPlace.FindKey(source.Layer, value) is not { } key)
            return null;
        SettingInspection inspection = ConfigurationService.Explain(source.View, key);
        ImmutableArray<SettingContribution> sources = inspection.Sources;
        int own = sources.IndexOf(sources.FirstOrDefault(contribution => contribution.Source == source.Layer.Name)!);
        SettingNode? effective = source.View.Find(key);
        EffectiveUse use = UseOf(source, value, inspection, own < 0 ? null : sources[own]);
        return new EffectiveValue(use)
        {
            IsSecret = inspection.IsSecret,
            IsObject = effective is { IsObject: true },
            Json = Text(inspection.Effective.Value),
            Origins = [.. sources.Where(contribution => contribution.Use == ContributionUse.Effective).Select(contribution => Origin(contribution))],
            Hidden = own > 0 && effective is { IsObject: false } && sources[..own].LastOrDefault(contribution => contribution.Use == ContributionUse.Overridden) is { } hidden
                ? Origin(hidden) with { Json = Text(hidden.Value) }
                : null,
            Problem = own < 0 || inspection.IsSecret ? null : sources[own].Problem?.Message,
        };
    }

    private static EffectiveUse UseOf(SourceDocument source, SyntaxNode value, SettingInspection inspection, SettingContribution? own)
    {
        if (own is null || IsUnsaved(source, value, own))
            return EffectiveUse.Unsaved;
        return own.Use switch
        {
            ContributionUse.Skipped => EffectiveUse.Skipped,
            ContributionUse.Overridden => EffectiveUse.Overridden,
            _ when IsCoerced(own, inspection) => EffectiveUse.Coerced,
            _ => EffectiveUse.Effective,
        };
    }

    private static bool IsCoerced(SettingContribution own, SettingInspection inspection) =>
        own is { Problem: not null, Value: { } written } && written.Span is not [(byte)'{', ..] && inspection.Effective.Value is { } read && !read.Span.SequenceEqual(written.Span);

    /// <summary>Whether the file holds another value than the editor; of an object or array that is told where the text is free of errors.</summary>
    private static bool IsUnsaved(SourceDocument source, SyntaxNode value, SettingContribution own)
    {
        SyntaxNode whole = value;
        for (SyntaxNode node = value; !node.IsNone; node = node.Parent)
        {
            // A part of an array is compared with the array, which is one setting.
            if (node.Kind == SyntaxKind.Array)
                whole = node;
        }

        SyntaxTree? saved = source.Layer.Content?.Tree;
        if (own.Value is not { } written || saved is null || saved.Text.Span.SequenceEqual(value.Tree.Text.Span) || !value.Tree.Errors.IsEmpty || !whole.IsValue)
            return false;
        return !JsonRendering.ToJson(whole).Span.SequenceEqual(written.Span);
    }

    private static EffectiveOrigin Origin(SettingContribution contribution) => new(contribution.Source)
    {
        Variable = contribution.Variable,
        Address = contribution.Place is { } place
            ? string.Create(CultureInfo.InvariantCulture, $"{DocumentUri.FromFilePath(place.File).Text}#L{place.Start.Line + 1},{place.Start.Character + 1}")
            : null,
    };

    private static string? Text(ReadOnlyMemory<byte>? json) => json is { } value ? Encoding.UTF8.GetString(value.Span) : null;
}
