using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Features.Hover;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Server.Lsp.Effective;

/// <summary>Finds out what a hover says about the value under the caret: whether it is effective, and what is instead.</summary>
internal static class EffectiveHover
{
    /// <summary>What becomes of a value; null where it is not a setting.</summary>
    public static EffectiveValue? Describe(SourceDocument source, SyntaxNode value) =>
        LayerPlace.FindKey(source.Layer, value) is { } key ? Describe(source, key, value) : null;

    /// <summary>What becomes of the value of a setting.</summary>
    public static EffectiveValue Describe(SourceDocument source, SettingKey key, SyntaxNode value)
    {
        SettingInspection inspection = ConfigurationService.Explain(source.View, key);
        ImmutableArray<SettingContribution> sources = inspection.Sources;
        int own = sources.IndexOf(sources.FirstOrDefault(contribution => contribution.Source == source.Layer.Name)!);
        SettingNode? effective = source.View.Find(key);
        EffectiveUse use = UseOf(source, value, inspection, own < 0 ? null : sources[own]);
        bool isHidden = inspection.IsSecret || ShowsVariables(source, sources);
        return new EffectiveValue(use)
        {
            IsSecret = isHidden,
            IsObject = effective is { IsObject: true },
            Json = isHidden ? null : Text(inspection.Effective.Value),
            Origins = [.. sources.Where(contribution => contribution.Use == ContributionUse.Effective).Select(contribution => Origin(contribution))],
            Hidden = own > 0 && effective is { IsObject: false } && sources[..own].LastOrDefault(contribution => contribution.Use == ContributionUse.Overridden) is { } hidden
                ? Origin(hidden) with { Json = Text(hidden.Value) }
                : null,
            Problem = own < 0 || isHidden ? null : sources[own].Problem?.Message,
        };
    }

    /// <summary>
    /// Whether the value comes from environment variables that a folder chose which is not trusted. What they hold is nobody's business there; which
    /// variable it is may be said.
    /// </summary>
    private static bool ShowsVariables(SourceDocument source, ImmutableArray<SettingContribution> sources) =>
        !source.IsTrusted
        && source.View.Layers.Any(layer => layer.Type == SourceType.Environment
            && sources.Any(contribution => contribution.Source == layer.Name && contribution.Use == ContributionUse.Effective));

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

        if (own.Value is not { } written || source.IsSaved(value.Tree) || !value.Tree.Errors.IsEmpty || !whole.IsValue)
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
