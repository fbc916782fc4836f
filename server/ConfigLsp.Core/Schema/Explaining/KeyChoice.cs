namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Branches that each do no more than demand one key, a common way to say "one of these keys".</summary>
internal static class KeyChoice
{
    /// <summary>The keys as messages show them, or null if the branches are of another kind.</summary>
    public static string[]? Of(BranchFacts[] branches)
    {
        var keys = new string[branches.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            if (branches[i].OnlyRequiredKey is not { } key)
            {
                return null;
            }

            keys[i] = $"`{ValueText.Shorten(key)}`";
        }

        return keys.Length > 1 ? keys : null;
    }
}
