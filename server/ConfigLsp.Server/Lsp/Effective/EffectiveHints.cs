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
        foreach ((SyntaxNode property, SettingKey key, SettingNode _) in FindOverridden(source, tree, within, cancellation).Take(MaxHints))
        {
            if (EffectiveHover.Describe(source, key, property.Value) is { Use: EffectiveUse.Overridden, Origins: [var origin, ..] } value)
                yield return new InlayHint(property.Value.Span.End, Text(value, origin));
        }
    }

    /// <summary>
    /// The settings of a document that a stronger source sets too. What is not saved yet may be among them. Goes through the document, its layer and
    /// the view side by side: a look-up for each key would cost as much as the document is long where a section has to be searched.
    /// </summary>
    public static IEnumerable<(SyntaxNode Property, SettingKey Key, SettingNode Effective)> FindOverridden(
        SourceDocument source, SyntaxTree tree, TextSpan within, CancellationToken cancellation)
    {
        // The strongest source is overridden by none.
        if (source.Index == source.View.Layers.Length - 1)
            yield break;
        var open = new Stack<(SyntaxNode Property, SettingKey Key, SettingNode Own, SettingNode Effective)>();
        foreach ((SettingKey top, SyntaxNode entry) in LayerPlace.FindEntries(source.Layer, tree))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Touches(entry, within) && source.Layer.Root.Find(top.Segments) is { } written && source.View.Find(top) is { } served)
                open.Push((entry, top, written, served));
            while (open.TryPop(out var next))
            {
                cancellation.ThrowIfCancellationRequested();
                (SyntaxNode property, SettingKey key, SettingNode own, SettingNode effective) = next;
                if (property.Value.Kind == SyntaxKind.Object)
                    Enter(property.Value, key, own, effective);
                // An array is a setting as a whole.
                else if (property.Value.Kind is not (SyntaxKind.Missing or SyntaxKind.Invalid) && effective.Origin.Layer > source.Index)
                    yield return (property, key, effective);
            }
        }

        void Enter(SyntaxNode around, SettingKey key, SettingNode own, SettingNode effective)
        {
            int first = open.Count;
            foreach (SyntaxNode member in around.Children)
            {
                if (Touches(member, within) && member.GetString() is var name && own.Find(name) is { } ownMember && effective.Find(name) is { } effectiveMember)
                    open.Push((member, key.Append(name), ownMember, effectiveMember));
            }

            // The first one is to be the next, so that all come in the order of the document.
            (SyntaxNode, SettingKey, SettingNode, SettingNode)[] members = new (SyntaxNode, SettingKey, SettingNode, SettingNode)[open.Count - first];
            for (int i = 0; i < members.Length; i++)
                members[i] = open.Pop();
            foreach (var member in members)
                open.Push(member);
        }
    }

    private static bool Touches(SyntaxNode property, TextSpan within) => property.Span.Start <= within.End && property.Span.End >= within.Start;

    private static string Text(EffectiveValue value, EffectiveOrigin origin)
    {
        string by = origin.Variable is { } variable ? "env " + variable : origin.Source;
        bool isShown = !value.IsSecret && !value.IsObject && value.Json is { Length: <= MaxValueLength };
        return isShown ? $"overridden by {by} = {value.Json}" : $"overridden by {by}";
    }
}
