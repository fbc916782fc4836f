using System.Collections.Immutable;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Service;

/// <summary>Explains where the value of a key comes from.</summary>
internal static class SettingInspector
{
    /// <summary>Everything that is known about a key.</summary>
    public static SettingInspection Inspect(ConfigurationSnapshot snapshot, SettingKey key, long revision, ImmutableArray<SourceSlot> slots)
    {
        var answer = SettingReader.Answer(snapshot, key, revision);
        var schema = snapshot.Schema is { } known ? SchemaKeys.Find(known, key.Segments) : null;
        var isSecret = snapshot.IsSecret(key) || snapshot.HoldsSecret(key) || schema is { IsSecret: true };
        return new SettingInspection(isSecret ? answer with { Value = null } : answer)
        {
            IsSecret = isSecret,
            Default = schema is { Default.IsNone: false } && !isSecret ? JsonRendering.ToJson(schema.Default) : default(ReadOnlyMemory<byte>?),
            Sources = [.. Contributions(snapshot, key, isSecret)],
            Schema = schema is null or { State: not KeyState.Known } ? null : Describe(schema, isSecret),
            WritableSources = [.. slots.Where(static s => s.Plan.IsWritable).Select(static s => s.Name)],
        };
    }

    private static IEnumerable<SettingContribution> Contributions(ConfigurationSnapshot snapshot, SettingKey key, bool isSecret)
    {
        for (var i = 0; i < snapshot.Layers.Length; i++)
        {
            var layer = snapshot.Layers[i];
            if (layer.Written.Find(key.Segments) is not { } written)
            {
                continue;
            }

            var finding = snapshot.Findings.FirstOrDefault(f => f.Layer == i && (key.Contains(f.Key) || f.Key.Contains(key)));
            var use = layer.Root.Find(key.Segments) is null ? ContributionUse.Skipped
                : IsHidden(snapshot, key, i) ? ContributionUse.Overridden
                : ContributionUse.Effective;
            yield return new SettingContribution(layer.Name, use)
            {
                Value = isSecret ? default(ReadOnlyMemory<byte>?) : JsonRendering.ToJson(written),
                Place = SettingPlace.Of(written.Origin, layer),
                Variable = layer.Content?.Variables?.GetValueOrDefault(key.Pointer),
                Problem = finding?.Diagnostic,
            };
        }
    }

    /// <summary>Whether nothing of what a layer says about a key is in the view.</summary>
    private static bool IsHidden(ConfigurationSnapshot snapshot, SettingKey key, int layer) => snapshot.Find(key) is not { } node || !ComesFrom(node, layer);

    private static bool ComesFrom(SettingNode node, int layer) =>
        node.Members.IsEmpty ? node.Origin.Layer == layer : node.Members.Any(m => ComesFrom(m.Node, layer));

    private static SettingDescription Describe(SchemaKey key, bool isSecret)
    {
        var own = key.Schemas.Select(static s => s.Schema.Origin.Node).FirstOrDefault(static n => n.Kind == SyntaxKind.Object);
        return new SettingDescription(
            key.Title,
            key.Description,
            key.Types == InstanceTypes.All ? null : string.Join(" or ", NamesOf(key.Types)),
            key.IsDeprecated,
            key.Unit,
            own.IsNone || isSecret || JsonRendering.IsTooDeep(own) ? default(ReadOnlyMemory<byte>?) : JsonRendering.ToJson(own));
    }

    private static IEnumerable<string> NamesOf(InstanceTypes types)
    {
        (InstanceTypes Type, string Name)[] names =
        [
            (InstanceTypes.Null, "null"), (InstanceTypes.Boolean, "boolean"), (InstanceTypes.Integer, "integer"), (InstanceTypes.Number, "number"),
            (InstanceTypes.String, "string"), (InstanceTypes.Array, "array"), (InstanceTypes.Object, "object"),
        ];
        return names.Where(n => (types & n.Type) == n.Type && !(n.Type == InstanceTypes.Integer && (types & InstanceTypes.Number) == InstanceTypes.Number)).Select(static n => n.Name);
    }
}
