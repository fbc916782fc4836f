using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>Keys that are unknown, missing, duplicated or deprecated.</summary>
internal static class KeyFixes
{
    private const int MaxChoices = 10;

    public static void Duplicate(FixContext fix)
    {
        if (fix.Node is not { IsNone: false, Kind: SyntaxKind.Property } property || fix.Current.Related.IsEmpty)
        {
            return;
        }

        var name = FixContext.Key(property.GetString());
        var other = fix.Current.Related[0].Span;
        if (other.Start > fix.Span.Start)
        {
            var sameValue = fix.NodeAt(other) is { IsNone: false, Kind: SyntaxKind.Property } counting && SyntaxEquality.Instance.Equals(counting.Value, property.Value);
            fix.Add($"Remove this {name}, which has no effect", new ActionEdit.ItemRemoval([property]), preferred: true, safe: sameValue);
        }

        if (fix.SafeOnly)
        {
            return;
        }

        var others = ImmutableArray.CreateBuilder<SyntaxNode>();
        foreach (var sibling in property.Parent.Children)
        {
            if (sibling != property && !sibling.NameSpan.IsEmpty && sibling.ContentEquals(property.GetUtf8()))
            {
                others.Add(sibling);
            }
        }

        if (others.Count > 0)
        {
            fix.Add($"Keep this {name} only", new ActionEdit.ItemRemoval(others.DrainToImmutable()));
        }
    }

    public static void Unknown(FixContext fix)
    {
        if (fix.Node is not { IsNone: false, Kind: SyntaxKind.Property } property)
        {
            return;
        }

        Rename(fix, property);
        if (fix.SafeOnly)
        {
            return;
        }

        if (fix.Data?.Expected is { Length: > 1 } pointer && pointer[0] == '/' && PropertyMove.IsPossible(property))
        {
            var place = NodePath.Of(fix.Tree.Root, pointer);
            var parent = place.Length == 1 ? "the top level" : FixContext.Key(string.Join('.', place[..^1]));
            var isFree = JsonPointer.Find(fix.Tree.Root, pointer).IsNone;
            if (isFree)
            {
                fix.Add($"Move to {parent}", new ActionEdit.Move(property, place));
            }
        }

        Remove(fix, property);
    }

    public static void InvalidName(FixContext fix)
    {
        if (fix.Node is { IsNone: false, Kind: SyntaxKind.Property } property)
        {
            Rename(fix, property);
            Remove(fix, property);
        }
    }

    public static void Missing(FixContext fix)
    {
        if (fix.SafeOnly || fix.Data is not { Path: { } path, Expected: { } key })
        {
            return;
        }

        var target = JsonPointer.Find(fix.Tree.Root, path);
        if (target.IsNone || target.Kind != SyntaxKind.Object)
        {
            return;
        }

        if (IsOneKey(fix, fix.Current, target))
        {
            fix.Edit($"Add {FixContext.Key(key)}", Addition(fix, target, key));
            AddAll(fix, target, path, CodeActionKind.QuickFix);
        }
        else
        {
            foreach (var choice in Choices(fix, fix.Current, target))
            {
                fix.Edit($"Add {FixContext.Key(choice)}", Addition(fix, target, choice));
            }
        }

        if (fix.Current.Descriptor == DiagnosticCatalog.MissingDependentKey && fix.Node is { IsNone: false, Kind: SyntaxKind.Property } trigger)
        {
            Remove(fix, trigger);
        }
    }

    /// <summary>Adds every key that an object lacks, if there are several.</summary>
    public static void AddAll(FixContext fix, SyntaxNode target, string path, CodeActionKind kind)
    {
        if (!fix.Completed.Add(path))
        {
            return;
        }

        var keys = fix.Findings
            .Where(f => (f.Descriptor == DiagnosticCatalog.MissingKey || f.Descriptor == DiagnosticCatalog.MissingDependentKey) && f.Data?.Path == path && IsOneKey(fix, f, target))
            .Select(static f => f.Data!.Expected)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        if (keys.Length > 1)
        {
            fix.Add($"Add all {keys.Length} missing keys", new ActionEdit.Structural([.. keys.Select(key => Addition(fix, target, key))]), kind: kind);
        }
    }

    public static void Deprecated(FixContext fix)
    {
        if (fix.SafeOnly || fix.Node is not { IsNone: false, Kind: SyntaxKind.Property } property)
        {
            return;
        }

        if (Replacement(fix, property) is { } replacement)
        {
            fix.Replace($"Rename to {FixContext.Key(replacement)}", property.NameSpan, JsonText.Quote(replacement));
        }

        Remove(fix, property);
    }

    public static void Forbidden(FixContext fix)
    {
        if (fix.Node is { IsNone: false, Kind: SyntaxKind.Property } property)
        {
            Remove(fix, property);
        }
        else if (fix.Node is { IsNone: false } item && item.Parent.Kind == SyntaxKind.Array)
        {
            fix.Add("Remove the item", new ActionEdit.ItemRemoval([item]));
        }
    }

    /// <summary>Whether the finding is about one key, not about a choice between some that variants demand.</summary>
    private static bool IsOneKey(FixContext fix, Diagnostic finding, SyntaxNode target) =>
        !IsOfVariants(finding) || Variants(fix, finding, target).Any(variant => variant.Any(p => p.Name == finding.Data!.Expected));

    /// <summary>The keys each of which alone makes one of the variants complete.</summary>
    private static IEnumerable<string> Choices(FixContext fix, Diagnostic finding, SyntaxNode target)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in target.Children)
        {
            present.Add(property.GetString());
        }

        return Variants(fix, finding, target)
            .Select(variant => variant.Where(p => p.IsRequired && !present.Contains(p.Name)).Select(static p => p.Name).Distinct(StringComparer.Ordinal).ToArray())
            .Where(static lacking => lacking.Length == 1)
            .Select(static lacking => lacking[0])
            .Distinct(StringComparer.Ordinal)
            .Take(MaxChoices);
    }

    private static bool IsOfVariants(Diagnostic finding) =>
        finding.Data?.SchemaPointer is { } pointer && (pointer.EndsWith("/anyOf", StringComparison.Ordinal) || pointer.EndsWith("/oneOf", StringComparison.Ordinal));

    private static IEnumerable<SchemaProperty[]> Variants(FixContext fix, Diagnostic finding, SyntaxNode target) =>
        fix.Owner(finding, target) is { } owner
            ? owner.AnyOf.Concat(owner.OneOf).Select(static variant => PlaceholderValue.Unfold([variant]).SelectMany(static s => s.Properties).ToArray())
            : [];

    private static void Remove(FixContext fix, SyntaxNode property) =>
        fix.Add($"Remove {FixContext.Key(property.GetString())}", new ActionEdit.ItemRemoval([property]));

    private static void Rename(FixContext fix, SyntaxNode property)
    {
        var suggestions = fix.Data?.Suggestions ?? [];
        foreach (var suggestion in suggestions)
        {
            var isOnlyNotation = suggestions.Length == 1 && NameSuggestions.AreSameWords(suggestion, property.GetString());
            fix.Replace($"Rename to {FixContext.Key(suggestion)}", property.NameSpan, JsonText.Quote(suggestion), preferred: suggestions.Length == 1, safe: isOnlyNotation);
        }
    }

    private static SettingsEdit.Set Addition(FixContext fix, SyntaxNode target, string key) =>
        new SettingsEdit.Set(NodePath.Of(target).Add(key), PlaceholderValue.OfKey(fix.SchemasOf(target), key));

    /// <summary>The key that the schema's own word about the deprecation names: the only one of the object's known keys that occurs in it.</summary>
    private static string? Replacement(FixContext fix, SyntaxNode property)
    {
        var message = fix.SchemasOf(property.Value).Select(static s => s.Schema.Annotations.DeprecationMessage).FirstOrDefault(static m => m is not null);
        if (message is null)
        {
            return null;
        }

        var words = message.Split([' ', ',', ';', ':', '`', '"', '\'', '(', ')', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(static w => w.TrimEnd('.', '!')).ToHashSet(StringComparer.Ordinal);
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sibling in property.Parent.Children)
        {
            present.Add(sibling.GetString());
        }

        var named = fix.SchemasOf(property.Parent)
            .SelectMany(static s => s.Schema.Properties)
            .Where(p => words.Contains(p.Name) && !present.Contains(p.Name) && p.Schema is not { Annotations.IsDeprecated: true })
            .Select(static p => p.Name)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return named is [var only] ? only : null;
    }
}
