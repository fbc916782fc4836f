using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Suppression;

/// <summary>The suppressions of a document, which remove findings and are found wanting themselves where they name no rule or suppress nothing.</summary>
internal sealed class Suppressions
{
    private static readonly Lazy<Dictionary<string, DiagnosticDescriptor>> Rules = new(static () => DiagnosticCatalog.All.ToDictionary(static r => r.Id, StringComparer.Ordinal));

    private readonly SyntaxTree _tree;
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<(int Line, DiagnosticDescriptor Rule), List<Entry>> _byLine = [];
    private readonly Dictionary<DiagnosticDescriptor, List<Entry>> _ofFile = [];
    private readonly List<Diagnostic> _wrong = [];

    private Suppressions(SyntaxTree tree) => _tree = tree;

    /// <summary>The suppressions that a document has, or null if it has none.</summary>
    public static Suppressions? Read(SyntaxTree tree, CancellationToken cancellation)
    {
        Suppressions? found = null;
        foreach (var span in tree.Comments)
        {
            if (SuppressionComment.Parse(tree.Text, span) is { } comment)
            {
                cancellation.ThrowIfCancellationRequested();
                (found ??= new Suppressions(tree)).Add(comment);
            }
        }

        return found;
    }

    /// <summary>The findings that are not suppressed, with those about the suppressions.</summary>
    /// <param name="found">By place.</param>
    /// <param name="severities">The user's severities.</param>
    /// <param name="isUnused">Whether a suppression of a rule that did not suppress anything is known to be of no use.</param>
    public ImmutableArray<Diagnostic> Apply(
        ImmutableArray<Diagnostic> found, ImmutableDictionary<string, DiagnosticSeverity> severities, Func<DiagnosticDescriptor, bool> isUnused)
    {
        var kept = ImmutableArray.CreateBuilder<Diagnostic>(found.Length);
        kept.AddRange(found.Where(diagnostic => !Suppress(diagnostic)));
        var own = _wrong.Concat(_entries.Where(entry => !entry.IsUsed && isUnused(entry.Rule)).Select(Unused)).ToList();
        foreach (var diagnostic in own)
        {
            var severity = severities.GetValueOrDefault(diagnostic.Descriptor.Id, diagnostic.Severity);
            if (severity != DiagnosticSeverity.Off)
            {
                kept.Add(diagnostic with { Severity = severity });
            }
        }

        return own.Count == 0 ? kept.DrainToImmutable() : [.. kept.OrderBy(static d => d.Span.Start)];
    }

    private void Add(SuppressionComment comment)
    {
        if (comment.Scope == SuppressionScope.None)
        {
            string[] words = [SuppressionComment.NextLine, SuppressionComment.Line, SuppressionComment.File];
            var meant = NameSuggestions.Rank(_tree.Text.ToString(comment.Word), words);
            Wrong(comment.Word, $"A suppression begins with `{words[0]}`, `{words[1]}` or `{words[2]}`.", meant);
            return;
        }

        if (comment.Names.Count == 0)
        {
            Wrong(comment.Word, "The suppression names no rule; write the ids of the rules behind it, for instance `unknown-key`.", []);
            return;
        }

        var line = comment.Scope switch
        {
            SuppressionScope.Line => _tree.Text.Lines.GetLine(comment.Span.Start),
            SuppressionScope.NextLine => NextLine(comment.Span.End),
            _ => -1,
        };
        foreach (var (id, span) in comment.Names)
        {
            if (!Rules.Value.TryGetValue(id, out var rule))
            {
                var meant = NameSuggestions.Rank(id, Rules.Value.Values.Where(DiagnosticCatalog.CanBeSuppressed).Select(static r => r.Id));
                var hint = meant.IsEmpty ? string.Empty : $" Did you mean {ValueText.Join([.. meant.Select(ValueText.Key)], "or")}?";
                Wrong(span, $"There is no rule {ValueText.Key(id)}.{hint}", meant);
            }
            else if (!DiagnosticCatalog.CanBeSuppressed(rule))
            {
                Wrong(span, $"`{id}` cannot be suppressed by a comment; mend what it finds, or give it another severity in `configlsp.severity`.", []);
            }
            else
            {
                var entry = new Entry(rule, span);
                _entries.Add(entry);
                if (line < 0)
                {
                    Of(_ofFile, rule).Add(entry);
                }
                else
                {
                    Of(_byLine, (line, rule)).Add(entry);
                }
            }
        }
    }

    private bool Suppress(Diagnostic diagnostic)
    {
        var rule = diagnostic.Descriptor;
        if (!DiagnosticCatalog.CanBeSuppressed(rule))
        {
            return false;
        }

        if (_byLine.TryGetValue((_tree.Text.Lines.GetLine(diagnostic.Span.Start), rule), out var entries) || _ofFile.TryGetValue(rule, out entries))
        {
            entries.ForEach(static entry => entry.IsUsed = true);
            return true;
        }

        return false;
    }

    /// <summary>The line of the first thing behind the comment's line that is neither blank nor a comment; one behind the text if there is none.</summary>
    private int NextLine(int end)
    {
        var lines = _tree.Text.Lines;
        var text = _tree.Text.Span;
        var line = lines.GetLine(end) + 1;
        if (line >= lines.LineCount)
        {
            return line;
        }

        var at = lines.GetLineStart(line);
        var index = _tree.Comments.BinarySearch(new TextSpan(at, 0), Comparer<TextSpan>.Create(static (left, right) => left.Start.CompareTo(right.Start)));
        index = index < 0 ? ~index : index;
        while (true)
        {
            var skip = text[at..].IndexOfAnyExcept(" \t\r\n"u8);
            if (skip < 0)
            {
                return lines.LineCount;
            }

            at += skip;
            if (index >= _tree.Comments.Length || _tree.Comments[index].Start != at)
            {
                return lines.GetLine(at);
            }

            at = _tree.Comments[index++].End;
        }
    }

    private void Wrong(TextSpan span, string message, ImmutableArray<string> suggestions) =>
        _wrong.Add(new Diagnostic(DiagnosticCatalog.UnknownSuppression, span, message) { Data = new DiagnosticData { Suggestions = suggestions } });

    private static Diagnostic Unused(Entry entry) =>
        new(DiagnosticCatalog.UnusedSuppression, entry.Span, $"`{entry.Rule.Id}` finds nothing here, so the suppression has no effect; remove it.");

    private static List<Entry> Of<TKey>(Dictionary<TKey, List<Entry>> table, TKey key)
        where TKey : notnull
    {
        if (!table.TryGetValue(key, out var entries))
        {
            table.Add(key, entries = []);
        }

        return entries;
    }

    /// <summary>One rule that one comment names.</summary>
    private sealed class Entry(DiagnosticDescriptor rule, TextSpan span)
    {
        public DiagnosticDescriptor Rule { get; } = rule;

        public TextSpan Span { get; } = span;

        public bool IsUsed { get; set; }
    }
}
