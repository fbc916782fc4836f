using System.Collections.Immutable;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Layers;

/// <summary>
/// The merged settings of a workspace at one time, with where each comes from. Immutable: a reader that holds one is not disturbed by reloads and
/// updates.
/// </summary>
public sealed class ConfigurationSnapshot
{
    // Of one layer; who has that many mends some first.
    private const int MaxFindings = 1000;

    private readonly Lazy<SyntaxTree> _document;
    private readonly Lazy<ImmutableArray<SettingFinding>> _findings;
    private readonly Lazy<HashSet<string>> _secrets;

    private ConfigurationSnapshot(ImmutableArray<Layer> layers, JsonSchema? schema, ImmutableArray<SettingFinding> served)
    {
        Layers = layers;
        Schema = schema;
        Root = LayerMerge.Merge(layers.Select(static l => l.Root));
        _document = new Lazy<SyntaxTree>(() => JsonParser.Parse(SourceText.FromUtf8(JsonRendering.ToJson(Root))));
        _findings = new Lazy<ImmutableArray<SettingFinding>>(() => [.. served, .. FindConflicts()]);
        _secrets = new Lazy<HashSet<string>>(FindSecrets);
    }

    /// <summary>The layers, weakest first.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <summary>The schema of the merged settings, or null if there is none.</summary>
    public JsonSchema? Schema { get; }

    /// <summary>All settings.</summary>
    public SettingNode Root { get; }

    /// <summary>The merged settings as a document.</summary>
    public SyntaxTree Document => _document.Value;

    /// <summary>Values that are not served as they are written, and rules that the merged settings break.</summary>
    public ImmutableArray<SettingFinding> Findings => _findings.Value;

    /// <summary>Puts the contents of the sources on one another.</summary>
    /// <param name="sources">The layers without their settings, and the entries of each; weakest first.</param>
    /// <param name="schema">The schema of the merged settings, or null.</param>
    internal static ConfigurationSnapshot Create(IEnumerable<(Layer Layer, LayerEntries? Entries)> sources, JsonSchema? schema)
    {
        var layers = ImmutableArray.CreateBuilder<Layer>();
        var findings = ImmutableArray.CreateBuilder<SettingFinding>();
        foreach (var (layer, entries) in sources)
        {
            if (entries is not { } known)
            {
                layers.Add(layer);
                continue;
            }

            var (written, unusable) = LayerReader.ReadWritten(known, layers.Count);
            var (root, found) = LayerReader.Serve(written, layers.Count, schema);
            findings.AddRange(unusable.Concat(found).Take(MaxFindings));
            layers.Add(layer with { Written = written, Root = root });
        }

        return new ConfigurationSnapshot(layers.ToImmutable(), schema, findings.ToImmutable());
    }

    /// <summary>The setting with this key, or null if no layer sets it.</summary>
    public SettingNode? Find(SettingKey key) => Root.Find(key.Segments);

    /// <summary>Whether the value at a key must be hidden: the schema marks it as secret, or something around it.</summary>
    public bool IsSecret(SettingKey key)
    {
        if (Schema is null)
        {
            // Nobody knows which values are secret; those who show more than they are asked for show none.
            return Find(key) is not { IsObject: true };
        }

        if (SchemaKeys.Find(Schema, key.Segments).IsSecret)
        {
            return true;
        }

        for (var at = key; ; at = at.Parent)
        {
            if (_secrets.Value.Contains(at.Pointer))
            {
                return true;
            }

            if (at.IsRoot)
            {
                return false;
            }
        }
    }

    /// <summary>Whether something in the setting with this key must be hidden.</summary>
    public bool HoldsSecret(SettingKey key)
    {
        var within = key.Pointer + "/";
        return Schema is null || _secrets.Value.Any(p => p.StartsWith(within, StringComparison.Ordinal));
    }

    private HashSet<string> FindSecrets() =>
        Schema is null
            ? []
            : [.. Layers.Select(static l => l.Written).Append(Root)
                .Select(static node => JsonParser.Parse(SourceText.FromUtf8(JsonRendering.ToJson(node))))
                .SelectMany(tree => SchemaEvaluator.FindSecrets(tree, Schema).Select(span => tree.FindNode(span.Start).GetPointer()))];

    private IEnumerable<SettingFinding> FindConflicts()
    {
        if (Schema is null)
        {
            yield break;
        }

        foreach (var diagnostic in ValueCheck.FindErrors(Document, Schema))
        {
            var names = (diagnostic.Data?.Path ?? string.Empty).Split('/').Skip(1).Select(JsonPointer.Unescape);
            var (key, node) = (SettingKey.Root, Root);
            foreach (var name in names)
            {
                if (node.Find(name) is not { } next)
                {
                    break;
                }

                (key, node) = (key.Append(name), next);
            }

            yield return new SettingFinding(
                node.Origin.Layer, key, FindingOutcome.Reported, diagnostic with { Span = node.Origin.Tree is null ? default : node.Origin.Span, Related = [] });
        }
    }
}
