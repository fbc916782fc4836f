using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says in words why a condition (<c>if</c>) holds for an object, or does not, as far as keys and listed values decide.</summary>
internal static class ConditionText
{
    private const int ShownFacts = 3;

    /// <summary>For instance <c>`type` is "git"</c>, or null if a few words cannot say it.</summary>
    public static string? Of(Explanation explanation, SchemaNode condition, SyntaxNode instance, bool holds)
    {
        for (var hops = 0; hops < 4 && condition.Keywords is [ReferenceKeyword] && condition.Reference is { } target; hops++)
        {
            condition = target;
        }

        if (instance.Kind != SyntaxKind.Object || !explanation.Evaluation.TrySpend(condition.Properties.Length + instance.ChildCount) || SchemaPhrase.Members(condition) is not { Count: > 0 and <= ShownFacts } members)
        {
            return null;
        }

        // Which of several facts is not given would have to be said of each.
        return holds || members.Count == 1 ? ValueText.Join([.. members.Select(m => Fact(explanation, instance, m, holds))], "and") : null;
    }

    private static string Fact(Explanation explanation, SyntaxNode instance, (string Key, AllowedValuesKeyword? Values) member, bool holds)
    {
        var key = ValueText.Key(member.Key);
        var value = PropertyOf(instance, member.Key).Value;
        if (value.IsNone)
        {
            return $"{key} is not set";
        }

        if (member.Values is not { } listed || explanation.IsSecret(value))
        {
            return $"{key} is set";
        }

        return holds ? $"{key} is {explanation.Show(value)}" : $"{key} is not {ValueText.JoinSome(new ShownValues(listed.Values), "or")}";
    }

    private static SyntaxNode PropertyOf(SyntaxNode instance, string key)
    {
        foreach (var property in instance.Children)
        {
            if (property.GetString() == key)
            {
                return property;
            }
        }

        return default;
    }
}
