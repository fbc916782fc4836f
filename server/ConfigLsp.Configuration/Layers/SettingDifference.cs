using System.Collections.Immutable;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Layers;

/// <summary>One setting that is different in two views.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Old">What it was; null if it was not set.</param>
/// <param name="New">What it is; null if it is not set.</param>
public sealed record SettingDifference(SettingKey Key, SettingNode? Old, SettingNode? New)
{
    /// <summary>
    /// What is different: values and arrays one by one, in the order of the new view; what is new or gone as a whole by its values, since a key's
    /// revision is that of what is in it. An object without members counts as a value.
    /// </summary>
    public static ImmutableArray<SettingDifference> Find(SettingNode old, SettingNode @new)
    {
        var differences = ImmutableArray.CreateBuilder<SettingDifference>();
        Compare(SettingKey.Root, old, @new, differences);
        return differences.ToImmutable();
    }

    private static void Compare(SettingKey key, SettingNode? old, SettingNode? @new, ImmutableArray<SettingDifference>.Builder differences)
    {
        if (ReferenceEquals(old, @new))
        {
            return;
        }

        var oldMembers = old?.Members ?? [];
        var newMembers = @new?.Members ?? [];
        foreach (var member in oldMembers)
        {
            if (@new?.Find(member.Name) is null)
            {
                Compare(key.Append(member.Name), member.Node, null, differences);
            }
        }

        foreach (var member in newMembers)
        {
            Compare(key.Append(member.Name), old?.Find(member.Name), member.Node, differences);
        }

        var oldValue = old is { Members.IsEmpty: true } ? old : null;
        var newValue = @new is { Members.IsEmpty: true } ? @new : null;
        if ((oldValue is not null || newValue is not null) && !key.IsRoot && !AreEqual(oldValue, newValue))
        {
            differences.Add(new SettingDifference(key, oldValue, newValue));
        }
    }

    private static bool AreEqual(SettingNode? a, SettingNode? b) =>
        a is not null && b is not null && a.IsObject == b.IsObject && (a.IsObject || SyntaxEquality.Instance.Equals(a.Value, b.Value));
}
