using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Validation;

/// <summary>
/// Keeps the text of secret values out of the messages about syntax and duplicated keys, which know no schema. What the schema's own findings say
/// is taken care of where they are made.
/// </summary>
internal static class SecretText
{
    /// <summary>The findings; those that lie in a secret or touch one quote nothing.</summary>
    /// <param name="found">By place.</param>
    /// <param name="secrets">By place, and apart from each other.</param>
    public static ImmutableArray<Diagnostic> Remove(ImmutableArray<Diagnostic> found, ImmutableArray<TextSpan> secrets)
    {
        if (secrets.IsEmpty)
        {
            return found;
        }

        var next = 0;
        var result = ImmutableArray.CreateBuilder<Diagnostic>(found.Length);
        foreach (var diagnostic in found)
        {
            while (next < secrets.Length && secrets[next].End < diagnostic.Span.Start)
            {
                next++;
            }

            var touches = next < secrets.Length && secrets[next].IntersectsWith(diagnostic.Span);
            result.Add(touches && Without(diagnostic.Descriptor) is { } message ? Silence(diagnostic, message) : diagnostic);
        }

        return result.DrainToImmutable();
    }

    private static Diagnostic Silence(Diagnostic diagnostic, string message) => diagnostic with
    {
        Message = message,
        Data = null,
        Related = [.. diagnostic.Related.Select(static related => related with { Message = "The other place is here." })],
    };

    /// <summary>What to say without the text concerned; null where the rule's messages quote none.</summary>
    private static string? Without(DiagnosticDescriptor rule)
    {
        if (rule == DiagnosticCatalog.InvalidLiteral)
        {
            return "This is not a value; put text in double quotes.";
        }

        if (rule == DiagnosticCatalog.InvalidNumber)
        {
            return "This is not a number of JSON; put text in double quotes.";
        }

        if (rule == DiagnosticCatalog.InvalidEscape)
        {
            return "This is not an escape of JSON; write `\\\\` for a backslash.";
        }

        if (rule == DiagnosticCatalog.ControlCharacter)
        {
            return "A string cannot hold a raw control character; write its escape.";
        }

        if (rule == DiagnosticCatalog.UnexpectedToken)
        {
            return "This is not expected here; remove it.";
        }

        if (rule == DiagnosticCatalog.UnquotedKey)
        {
            return "Names stand in double quotes; write them around this one.";
        }

        return rule == DiagnosticCatalog.DuplicateKey ? "This name occurs more than once in its object, where the last value counts; remove the others." : null;
    }
}
