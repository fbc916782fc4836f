using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Layers;

/// <summary>Puts layers on one another: objects merge name by name, values and arrays replace, <c>null</c> is a value like any other.</summary>
public static class LayerMerge
{
    /// <summary>Merges settings, weakest first.</summary>
    public static SettingNode Merge(IEnumerable<SettingNode> layers) => layers.Aggregate(SettingNode.Empty, Overlay);

    private static SettingNode Overlay(SettingNode lower, SettingNode upper)
    {
        if (!upper.IsObject || !lower.IsObject || lower.Origin.Tree is null)
        {
            return upper;
        }

        if (upper.Members.IsEmpty)
        {
            return lower;
        }

        var members = ImmutableArray.CreateBuilder<SettingMember>(lower.Members.Length + upper.Members.Length);
        foreach (var member in lower.Members)
        {
            members.Add(upper.Find(member.Name) is { } over ? new SettingMember(member.Name, Overlay(member.Node, over)) : member);
        }

        foreach (var member in upper.Members)
        {
            if (lower.Find(member.Name) is null)
            {
                members.Add(member);
            }
        }

        return SettingNode.Object(members.DrainToImmutable(), upper.Origin);
    }
}
