using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>Takes the secrets out of the text of a settings file, so that it can be shown.</summary>
internal static class SecretMask
{
    private static readonly byte[] Hidden = "\"<secret>\""u8.ToArray();

    /// <summary>The text with each secret value replaced.</summary>
    /// <param name="text">A file of settings.</param>
    /// <param name="type">The type of its source.</param>
    /// <param name="section">The section of a VS Code settings file; null if that is not known, or for other files.</param>
    /// <param name="view">The settings that say what is secret.</param>
    public static SourceText Apply(SourceText text, SourceType type, string? section, ConfigurationSnapshot view)
    {
        if (view.Schema is not { } schema)
        {
            return text;
        }

        var tree = JsonParser.Parse(text);
        IEnumerable<TextSpan> secrets = type != SourceType.VsCode
            ? SchemaEvaluator.FindSecrets(tree, schema)
            : VsCodeSection.Enumerate(tree, section ?? string.Empty).Where(e => view.IsSecret(e.Key) || view.HoldsSecret(e.Key)).Select(static e => e.Property.Value.Span);
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        var end = 0;
        foreach (var span in secrets.Where(static s => s.Length > 0).OrderBy(static s => s.Start).ThenByDescending(static s => s.End))
        {
            // What lies within another secret is hidden with it.
            if (span.Start >= end)
            {
                changes.Add(new TextChange(span, Hidden));
                end = span.End;
            }
        }

        return changes.Count == 0 ? text : text.WithChanges([.. changes]);
    }

    /// <summary>Whether the values of a text could be shown as they are.</summary>
    public static string ToDisplay(SourceText text) => Encoding.UTF8.GetString(text.Span);
}
