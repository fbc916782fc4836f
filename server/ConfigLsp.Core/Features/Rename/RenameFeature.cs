using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Features.Navigation;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Rename;

/// <summary>Renames a key within one document: in its own object only, with its duplicates there, and the references of a schema file that lead through it.</summary>
public static class RenameFeature
{
    private const int MaxReferences = 10_000;

    /// <summary>The property whose key is under the caret, if it can be renamed; no node else. A key that is not closed is being typed.</summary>
    public static SyntaxNode FindTarget(SyntaxTree tree, int offset)
    {
        var node = Occurrences.FindNode(tree, offset);
        return node.Kind == SyntaxKind.Property && node.NameSpan.Length > 0 && !node.IsUnterminated && node.NameSpan.Touches(offset) ? node : default;
    }

    /// <summary>Renames the key in its object.</summary>
    /// <param name="snapshot">The document.</param>
    /// <param name="property">The property.</param>
    /// <param name="newName">The new name, not escaped.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static RenameResult Rename(DocumentSnapshot snapshot, SyntaxNode property, string newName, CancellationToken cancellationToken)
    {
        if (property.GetString() == newName)
        {
            return new RenameResult.Changes([]);
        }

        if (FindRefusal(snapshot, property, newName, cancellationToken) is { } refusal)
        {
            return new RenameResult.Refused(refusal);
        }

        var changes = new List<TextChange>();
        foreach (var sibling in property.Parent.Children)
        {
            if (sibling.ContentEquals(property.GetUtf8()))
            {
                changes.Add(Replace(sibling, newName));
            }
        }

        changes.AddRange(FollowReferences(snapshot, property, newName, cancellationToken));
        return new RenameResult.Changes([.. changes.OrderBy(static change => change.Span.Start)]);
    }

    /// <summary>Writes another name at the place of a property's name. The quotes stay; a bare key that cannot stay so gets some.</summary>
    public static TextChange Replace(SyntaxNode property, string newName) => Replace(property, property.ContentSpan, newName);

    /// <summary>Writes a text over a part of a property's name, escaped as the quotes around it demand.</summary>
    public static TextChange Replace(SyntaxNode property, TextSpan part, string newText)
    {
        var name = property.Tree.Text.Span.Slice(property.NameSpan.Start, property.NameSpan.Length);
        var quoted = JsonText.Quote(newText);
        return name[0] switch
        {
            (byte)'"' => new TextChange(part, quoted[1..^1]),
            (byte)'\'' => new TextChange(part, quoted[1..^1].Replace("'", "\\u0027", StringComparison.Ordinal)),
            _ when newText.Length > 0 && newText.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$') && !char.IsAsciiDigit(newText[0]) => new TextChange(part, newText),
            _ => new TextChange(property.NameSpan, quoted),
        };
    }

    /// <summary>Why a key of this name cannot be in the object of another key, as a sentence; null if it can.</summary>
    private static string? FindRefusal(DocumentSnapshot snapshot, SyntaxNode property, string newName, CancellationToken cancellationToken)
    {
        var utf8 = JsonText.ToUtf8(newName);
        foreach (var sibling in property.Parent.Children)
        {
            if (sibling.ContentEquals(utf8))
            {
                return $"There is a key '{newName}' in the same object already. Remove it, or choose another name.";
            }
        }

        if (snapshot.Schema is not { } schema)
        {
            return null;
        }

        var around = SchemaEvaluator.FindApplicable(snapshot.Tree, schema, property.Parent, cancellationToken);
        return SchemaKeys.IsClosed(around, property.GetString()) || !SchemaKeys.IsClosed(around, newName)
            ? null
            : $"The schema does not permit a key '{newName}' here.";
    }

    /// <summary>References whose JSON Pointer leads through the key.</summary>
    private static IEnumerable<TextChange> FollowReferences(
        DocumentSnapshot snapshot, SyntaxNode property, string newName, CancellationToken cancellationToken)
    {
        var pointer = property.GetPointer();
        var parent = property.Parent.GetPointer();
        foreach (var reference in References.FindAll(snapshot.Tree, cancellationToken).Take(MaxReferences))
        {
            var text = reference.GetString();
            var hash = text.IndexOf('#', StringComparison.Ordinal);
            if (hash != 0 || !Leads(Uri.UnescapeDataString(text[1..]), pointer))
            {
                continue;
            }

            var rest = Uri.UnescapeDataString(text[1..])[pointer.Length..];
            var moved = "#" + Encode($"{parent}/{JsonPointer.Escape(newName)}{rest}");
            yield return new TextChange(reference.ContentSpan, JsonText.Quote(moved)[1..^1]);
        }

        static bool Leads(string fragment, string pointer) =>
            fragment.StartsWith(pointer, StringComparison.Ordinal) && (fragment.Length == pointer.Length || fragment[pointer.Length] == '/');
    }

    /// <summary>A pointer as the fragment of a URI: only what cannot stand there is escaped (RFC 3986 section 3.5).</summary>
    private static string Encode(string pointer)
    {
        var text = new StringBuilder(pointer.Length);
        foreach (var rune in pointer.EnumerateRunes())
        {
            text.Append(rune.IsAscii && (Rune.IsLetterOrDigit(rune) || "-._~!$&'()*+,;=:@/?".Contains((char)rune.Value, StringComparison.Ordinal))
                ? rune.ToString()
                : Uri.EscapeDataString(rune.ToString()));
        }

        return text.ToString();
    }
}

/// <summary>What renaming gives.</summary>
public abstract record RenameResult
{
    private RenameResult()
    {
    }

    /// <summary>The changes of the document, by place.</summary>
    public sealed record Changes(ImmutableArray<TextChange> All) : RenameResult;

    /// <summary>It cannot be done.</summary>
    /// <param name="Reason">Why, and what to do: a sentence for people.</param>
    public sealed record Refused(string Reason) : RenameResult;
}
