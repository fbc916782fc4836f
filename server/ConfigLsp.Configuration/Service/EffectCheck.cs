using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Service;

/// <summary>
/// Checks the settings that would be in effect after a change. What was wrong before does not stand in the way of a change that has nothing to
/// do with it.
/// </summary>
internal static class EffectCheck
{
    // Of an answer; the rest shows when these are mended.
    private const int MaxShown = 100;

    /// <summary>The change with what the schema says about it; or <see cref="ServiceErrors.ValidationFailed"/> if it would break something.</summary>
    public static ServiceResult<PreparedEdit> Check(
        WorkspaceParts parts, SourceSlot slot, SourceContent before, PreparedEdit edit, SyntaxTree after, SettingKey key)
    {
        if (edit.IsNoChange || parts.View.Current is not { } view)
        {
            return edit;
        }

        var layer = parts.View.Slots.IndexOf(slot);
        var old = parts.View.Preview(view, slot, before);
        var content = new SourceContent(after) { FilePath = before.FilePath };
        var next = parts.View.Preview(view, slot, content);
        // Counted, since places and numbers in messages move with the text: what was wrong before may be wrong in another way afterwards.
        var known = old.Findings.CountBy(Identify).ToDictionary();
        var added = ImmutableArray.CreateBuilder<LocatedDiagnostic>();
        foreach (var finding in next.Findings)
        {
            var identity = Identify(finding);
            if (known.GetValueOrDefault(identity) is > 0 and var left)
            {
                known[identity] = left - 1;
            }
            else if (added.Count < MaxShown)
            {
                added.Add(Locate(finding, next));
            }
        }

        if (added.Count > 0)
        {
            return new ServiceError(ServiceErrors.ValidationFailed, added[0].Diagnostic.Message)
            {
                Key = added[0].Key,
                Source = slot.Name,
                Diagnostics = [.. added.Select(static d => d.Diagnostic)],
            };
        }

        var winner = key.IsRoot ? null : next.Find(key)?.Origin;
        return edit with
        {
            Diagnostics = [.. next.Findings.Take(MaxShown).Select(f => Locate(f, next))],
            HoldsSecret = HoldsSecret(old, key) || HoldsSecret(next, key),
            OverriddenBy = winner is { } origin && origin.Layer > layer ? next.Layers[origin.Layer].Name : null,
        };
    }

    /// <summary>A finding about a view with the place where its value is written.</summary>
    public static LocatedDiagnostic Locate(SettingFinding finding, ConfigurationSnapshot view)
    {
        var layer = view.Layers[finding.Layer];
        var place = layer.Content is { FilePath: { } file, Tree: var tree } && finding.Diagnostic.Span.End <= tree.Text.Length
            ? new SettingPlace(
                file,
                tree.Text.Lines.GetPosition(finding.Diagnostic.Span.Start, PositionEncoding.Utf16),
                tree.Text.Lines.GetPosition(finding.Diagnostic.Span.End, PositionEncoding.Utf16))
            : null;
        return new LocatedDiagnostic(finding.Diagnostic, place, layer.Name, finding.Key.IsRoot ? null : finding.Key.ToString());
    }

    private static bool HoldsSecret(ConfigurationSnapshot view, SettingKey key) => view.IsSecret(key) || view.HoldsSecret(key);

    private static (int Layer, string Key, FindingOutcome Outcome, string Rule) Identify(SettingFinding finding) =>
        (finding.Layer, finding.Key.ToString(), finding.Outcome, finding.Diagnostic.Descriptor.Id);
}
