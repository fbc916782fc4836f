using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>
/// Explains an instance that fits no branch of <c>anyOf</c> or <c>oneOf</c> without blaming an arbitrary one: by type, by a key that tells the
/// branches apart, by evidence (known and required keys), by the fewest findings; where nothing decides, it lists what each would need.
/// </summary>
internal sealed class VariantReport(Explanation explanation, VariantsKeyword keyword, SyntaxNode instance)
{
    private const int MaxTried = 16;
    private const int ShownVariants = 3;

    public void Add()
    {
        if (explanation.HasMore || !explanation.Evaluation.TrySpend(keyword.Branches.Length))
        {
            return;
        }

        var total = keyword.Branches.Length;
        if (keyword.Site.Owner.Annotations.ErrorMessage is not null)
        {
            Generic(string.Empty);
            return;
        }

        var candidates = keyword.Facts.Where(f => f.AcceptsTypeOf(instance)).ToList();
        if (candidates.Count == 0)
        {
            if (!keyword.Facts.Any(static f => f.Values is not null))
            {
                var types = keyword.Facts.Aggregate(InstanceTypes.None, static (all, f) => all | f.Types);
                TypeReport.Add(explanation, keyword.Site, types, instance);
            }
            else if (!keyword.Facts.All(static f => f.Values is not null) || !MergeValues([.. keyword.Facts]))
            {
                ByDemands();
            }

            return;
        }

        if (KeyChoice.Of(keyword.Facts) is { } keys)
        {
            ReportKeys(keys);
            return;
        }

        if (candidates.TrueForAll(static f => f.Values is not null) && MergeValues(candidates))
        {
            return;
        }

        if (candidates.Count == 1)
        {
            // The other variants are of another type altogether, so that nothing needs to be said about them.
            Closest(candidates[0], total == 1 ? string.Empty : null, "its type", candidates.Count);
            return;
        }

        if (instance.Kind == SyntaxKind.Object && ByDiscriminator(candidates, out var discriminated, out var key))
        {
            if (discriminated.Count == 1)
            {
                Closest(discriminated[0], lead: null, $"`{ValueText.Shorten(key)}`", total);
                return;
            }

            if (discriminated.Count == 0)
            {
                return;
            }

            candidates = discriminated;
        }

        if (instance.Kind == SyntaxKind.Object && ByEvidence(candidates) is { } evident)
        {
            Closest(evident, lead: null, "its keys", total);
            return;
        }

        if (instance.Kind is SyntaxKind.Object or SyntaxKind.Array || !ByDemands())
        {
            ByFindings(candidates, total);
        }
    }

    /// <summary>Branches that are mere lists of values are one list.</summary>
    private bool MergeValues(List<BranchFacts> candidates)
    {
        if (candidates.Exists(f => f.Values!.Contains(instance, SyntaxEquality.Instance)) || keyword.Facts.Any(static f => f.Values is null))
        {
            return ByDemands();
        }

        AllowedValuesKeyword.Report(explanation, keyword.Site, keyword.ListedValues, instance);
        return true;
    }

    /// <summary>
    /// Leaves the branches that a key with listed values speaks for. With none left the key's value is reported; false if no key decides.
    /// </summary>
    private bool ByDiscriminator(List<BranchFacts> candidates, out List<BranchFacts> left, out string key)
    {
        foreach (var property in instance.Children)
        {
            if (!explanation.Evaluation.TrySpend(candidates.Count / 2))
            {
                break;
            }

            key = property.GetString();
            var name = key;
            if (Narrow(candidates, f => f.Constants.GetValueOrDefault(name), property.Value) is { } fitting)
            {
                left = fitting;
                if (left.Count == 0)
                {
                    ReportDiscriminator(property, candidates.FindAll(f => f.Constants.ContainsKey(name)), name);
                }

                return true;
            }
        }

        // A key one level deeper decides only in favour of branches; against all of them their own findings say more.
        foreach (var property in instance.Children)
        {
            foreach (var inner in property.Value.Kind == SyntaxKind.Object ? property.Value.Children : default)
            {
                if (!explanation.Evaluation.TrySpend(candidates.Count))
                {
                    break;
                }

                var place = (property.GetString(), inner.GetString());
                if (Narrow(candidates, f => f.InnerConstants.GetValueOrDefault(place), inner.Value) is { Count: > 0 } fitting)
                {
                    (left, key) = (fitting, $"{place.Item1}.{place.Item2}");
                    return true;
                }
            }
        }

        left = candidates;
        key = string.Empty;
        return false;
    }

    /// <summary>Where a few words say what each branch accepts, that is the demand.</summary>
    private bool ByDemands()
    {
        // What a list of thousands says is put together for each finding.
        explanation.Evaluation.TrySpend(keyword.ListedValues.Count);
        var demands = new List<string>();
        foreach (var branch in keyword.Facts)
        {
            if (branch.Values is { } listed)
            {
                demands.AddRange(listed.Select(ValueText.Show));
            }
            else if (SchemaPhrase.Of(branch.Branch) is { } phrase)
            {
                demands.Add(phrase);
            }
            else if (!branch.AcceptsTypeOf(instance))
            {
                demands.AddRange(ValueText.TypeList(branch.Types));
            }
            else
            {
                return false;
            }
        }

        demands = [.. demands.Distinct(StringComparer.Ordinal)];
        var suggestions = AllowedValuesKeyword.Suggest(explanation, keyword.ListedValues, instance);
        suggestions = keyword.ListedValues.Count > 1 ? suggestions : [];
        var hint = suggestions.IsEmpty ? string.Empty : $" Did you mean {ValueText.Join([.. suggestions.Select(s => instance.Kind == SyntaxKind.Property ? ValueText.Key(s) : s)], "or")}?";
        explanation.Report(
            keyword.Site,
            DiagnosticCatalog.NoVariantMatches,
            instance,
            $"{explanation.Name} must be {ValueText.JoinSome(demands, "or")}{explanation.ButIs(instance, keyword.Site.Owner)}.{hint}",
            instance.Kind is SyntaxKind.Object or SyntaxKind.Array ? explanation.OpeningOf(instance) : null,
            expected: ValueText.JoinSome(demands, "or"),
            suggestions: suggestions);
        return true;
    }

    /// <summary>The branches that the value of a key leaves, or null if it tells no branches apart.</summary>
    private List<BranchFacts>? Narrow(List<BranchFacts> candidates, Func<BranchFacts, AllowedValuesKeyword?> listedOf, SyntaxNode value)
    {
        if (!value.IsValue || candidates.Count(f => listedOf(f) is not null) < 2)
        {
            return null;
        }

        var left = candidates.FindAll(f => listedOf(f) is not { } listed || listed.IsValid(explanation.Evaluation, value));
        return left.Count == candidates.Count || (left.Count > 0 && left.TrueForAll(f => listedOf(f) is null)) ? null : left;
    }

    private void ReportDiscriminator(SyntaxNode property, List<BranchFacts> constrained, string key)
    {
        SyntaxNode[] values = [.. constrained.SelectMany(f => f.Constants[key].Values).Distinct(SyntaxEquality.Instance)];
        explanation.Path.EnterProperty(property);
        AllowedValuesKeyword.Report(explanation, constrained[0].Constants[key].Site with { Name = "enum" }, values, property.Value);
        explanation.Path.Leave();
    }

    /// <summary>The branch that the instance's keys speak for, if one stands out.</summary>
    private BranchFacts? ByEvidence(List<BranchFacts> candidates)
    {
        BranchFacts? best = null;
        var (bestScore, isTie) = (0, false);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in instance.Children)
        {
            keys.Add(property.GetString());
        }

        foreach (var candidate in candidates)
        {
            if (!explanation.Evaluation.TrySpend(keys.Count / 2))
            {
                return null;
            }

            var score = 0;
            foreach (var key in keys)
            {
                score += candidate.Required.Contains(key) ? 3 : candidate.Keys.ContainsKey(key) ? 2 : 0;
            }

            if (score > bestScore)
            {
                (best, bestScore, isTie) = (candidate, score, false);
            }
            else if (score == bestScore)
            {
                isTie = true;
            }
        }

        return isTie ? null : best;
    }

    private void ByFindings(List<BranchFacts> candidates, int total)
    {
        if (explanation.IsTrying)
        {
            Generic(string.Empty);
            return;
        }

        var tried = candidates.Take(MaxTried).Select(f => (Facts: f, Found: explanation.Try(f.Branch, instance, limit: 20))).Where(static t => t.Found.Count > 0).ToArray();
        var fewest = tried.Length == 0 ? 0 : tried.Min(static t => t.Found.Count);
        var closest = tried.Where(t => t.Found.Count == fewest).ToArray();
        if (closest.Length == 1 && candidates.Count <= MaxTried)
        {
            Closest(closest[0].Facts, lead: null, reason: null, total);
            return;
        }

        if (DiscriminatorToAdd(candidates) is { } missing)
        {
            SyntaxNode[] values = [.. candidates.SelectMany(f => f.Constants[missing].Values).Distinct(SyntaxEquality.Instance)];
            MissingKeyReport.Add(explanation, keyword.Site, DiagnosticCatalog.MissingKey, instance, missing, because: null, values);
            return;
        }

        if (closest.Length == candidates.Count && Array.TrueForAll(closest, t => t.Found is [{ Data.Expected: not null } only] && only.Descriptor == DiagnosticCatalog.MissingKey && only.Data.Path == explanation.Path.ToPointer()))
        {
            ReportKeys([.. closest.Select(static t => ValueText.Key(t.Found[0].Data!.Expected!)).Distinct(StringComparer.Ordinal)]);
            return;
        }

        var reasons = new StringBuilder();
        foreach (var (facts, found) in closest.Take(ShownVariants))
        {
            reasons.Append(' ').Append(facts.Name).Append(": ").Append(found[0].Message);
        }

        if (closest.Length > ShownVariants)
        {
            reasons.Append($" And {closest.Length - ShownVariants} more.");
        }

        Generic(reasons.ToString());
    }

    private void ReportKeys(string[] keys) => explanation.Report(
        keyword.Site,
        DiagnosticCatalog.MissingKey,
        instance,
        $"{explanation.Name} must have {(keyword.ExactlyOne ? "exactly one" : "at least one")} of the keys {ValueText.JoinSome(keys, "or")}, but has none. Add one.",
        explanation.OpeningOf(instance),
        expected: ValueText.JoinSome(keys, "or"),
        hideActual: true);

    /// <summary>The absent key that would tell the branches apart, or null.</summary>
    private string? DiscriminatorToAdd(List<BranchFacts> candidates)
    {
        if (instance.Kind != SyntaxKind.Object)
        {
            return null;
        }

        foreach (var (key, _) in candidates[0].Constants)
        {
            if (!instance.TryGetProperty(Encoding.UTF8.GetBytes(key), out _)
                && candidates.TrueForAll(f => f.Constants.ContainsKey(key) && f.Required.Contains(key)))
            {
                return key;
            }
        }

        return null;
    }

    private void Closest(BranchFacts facts, string? lead, string? reason, int total)
    {
        lead ??= total == 1
            ? string.Empty
            : $"None of {total} variants fits; closest is {facts.Name}{(reason is null ? string.Empty : $" (by {reason})")}: ";
        var before = explanation.Diagnostics.Count;
        explanation.ExplainBranch(facts.Branch, instance, lead);
        if (explanation.Diagnostics.Count == before)
        {
            Generic(string.Empty);
        }
    }

    private void Generic(string reasons)
    {
        var names = keyword.Facts.Select(static f => f.Name).ToArray();

        // Reasons name the variants too; many of them are not listed twice.
        var listed = reasons.Length > 0 && names.Length > ShownVariants ? string.Empty : $" ({ValueText.JoinSome(names, "or")})";
        explanation.Report(
            keyword.Site,
            DiagnosticCatalog.NoVariantMatches,
            instance,
            $"{explanation.Name} fits none of {names.Length} variants{listed}.{reasons}",
            instance.Kind is SyntaxKind.Object or SyntaxKind.Array ? explanation.OpeningOf(instance) : null,
            expected: ValueText.JoinSome(names, "or"));
    }
}
