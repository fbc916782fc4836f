using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Leaves of several findings with one cause the one that says what to do.</summary>
internal static class FindingSelection
{
    /// <summary>Rules about a value as such. One that lists the values, or else demands a type, makes the others pointless.</summary>
    private static readonly HashSet<DiagnosticDescriptor> OfValues =
    [
        DiagnosticCatalog.TypeMismatch, DiagnosticCatalog.NotInEnum, DiagnosticCatalog.NotConst, DiagnosticCatalog.NumberTooSmall,
        DiagnosticCatalog.NumberTooLarge, DiagnosticCatalog.NotMultiple, DiagnosticCatalog.StringTooShort, DiagnosticCatalog.StringTooLong,
        DiagnosticCatalog.PatternMismatch, DiagnosticCatalog.FormatMismatch, DiagnosticCatalog.ContentMismatch, DiagnosticCatalog.UnsafePath,
    ];

    /// <summary>What remains, in the same order.</summary>
    public static List<Diagnostic> Decisive(IReadOnlyList<Diagnostic> found)
    {
        var messages = new HashSet<(Text.TextSpan, string)>();
        var decisive = new Dictionary<(Text.TextSpan, string?), int>();
        var renamed = new HashSet<(string, string)>();
        foreach (var diagnostic in found)
        {
            if (OfValues.Contains(diagnostic.Descriptor))
            {
                var key = (diagnostic.Span, diagnostic.Data?.Path);
                decisive[key] = Math.Max(decisive.GetValueOrDefault(key), RankOf(diagnostic));
            }

            if (diagnostic.Descriptor == DiagnosticCatalog.UnknownKey && diagnostic.Data is { Path: { } path, Suggestions: [var meant] })
            {
                renamed.Add((path[..path.LastIndexOf('/')], meant));
            }
        }

        var left = new List<Diagnostic>(found.Count);
        foreach (var diagnostic in found)
        {
            var isSurpassed = OfValues.Contains(diagnostic.Descriptor) && decisive[(diagnostic.Span, diagnostic.Data?.Path)] is > 0 and var rank && RankOf(diagnostic) < rank;

            // With the key renamed it is not missing any more.
            var isRenamed = (diagnostic.Descriptor == DiagnosticCatalog.MissingKey || diagnostic.Descriptor == DiagnosticCatalog.MissingDependentKey)
                && diagnostic.Data is { Path: { } path, Expected: { } missing } && (renamed.Contains((path, missing)) || renamed.Any(r => r.Item1 == path && missing.Contains(ValueText.Key(r.Item2), StringComparison.Ordinal)));
            if (!isSurpassed && !isRenamed && messages.Add((diagnostic.Span, diagnostic.Message)))
            {
                left.Add(diagnostic);
            }
        }

        return left;
    }

    private static int RankOf(Diagnostic diagnostic)
    {
        if (diagnostic.Descriptor == DiagnosticCatalog.NotInEnum || diagnostic.Descriptor == DiagnosticCatalog.NotConst)
        {
            return 3;
        }

        if (diagnostic.Descriptor == DiagnosticCatalog.TypeMismatch)
        {
            return 2;
        }

        // What is said of an empty text says enough; the span is that of the two quotes.
        return diagnostic.Descriptor == DiagnosticCatalog.StringTooShort && diagnostic.Span.Length == 2 ? 1 : 0;
    }
}
