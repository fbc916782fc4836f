using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>Collects the fixes of one finding after another, and answers what they ask about the document.</summary>
internal sealed class FixContext(DocumentSnapshot snapshot, ImmutableArray<Diagnostic> findings, bool safeOnly, CancellationToken cancellation)
{
    private readonly Dictionary<int, ImmutableArray<ApplicableSchema>> _schemas = [];
    private ImmutableArray<TextSpan>? _secrets;
    private Diagnostic? _current;

    public DocumentSnapshot Snapshot => snapshot;

    public SyntaxTree Tree => snapshot.Tree;

    public ReadOnlySpan<byte> Text => snapshot.Text.Span;

    /// <summary>All that was found in the document.</summary>
    public ImmutableArray<Diagnostic> Findings => findings;

    /// <summary>Whether only fixes are wanted that may be made without asking, so that others need not be looked for.</summary>
    public bool SafeOnly => safeOnly;

    public List<CodeAction> Actions { get; } = [];

    /// <summary>The finding that fixes are added for.</summary>
    public Diagnostic Current
    {
        get => _current!;
        set => _current = value;
    }

    public TextSpan Span => Current.Span;

    public DiagnosticData? Data => Current.Data;

    public void Add(string title, ImmutableArray<TextChange> changes, bool preferred = false, bool safe = false) =>
        Add(title, new ActionEdit.Direct(changes), preferred, safe);

    public void Insert(string title, int offset, string text, bool preferred = false, bool safe = false) =>
        Add(title, [new TextChange(new TextSpan(offset, 0), text)], preferred, safe);

    public void Replace(string title, TextSpan span, string text, bool preferred = false, bool safe = false) =>
        Add(title, [new TextChange(span, text)], preferred, safe);

    public void Edit(string title, params ImmutableArray<SettingsEdit> edits) => Add(title, new ActionEdit.Structural(edits), preferred: false, safe: false);

    public void Add(string title, ActionEdit edit, bool preferred = false, bool safe = false, CodeActionKind kind = CodeActionKind.QuickFix)
    {
        cancellation.ThrowIfCancellationRequested();
        if (safe || !safeOnly)
        {
            Actions.Add(new CodeAction(title, kind, edit) { Diagnostic = Current, IsPreferred = preferred, IsSafe = safe });
        }
    }

    /// <summary>The node that the current finding underlines: a property by its name, a container by its bracket, any other by all of it. No node if none is.</summary>
    public SyntaxNode Node => NodeAt(Span);

    /// <summary>The value that the current finding is about; no node if there is none.</summary>
    public SyntaxNode Value => Node is { IsNone: false, Kind: SyntaxKind.Property } property ? property.Value : Node;

    public SyntaxNode NodeAt(TextSpan span)
    {
        for (var node = Tree.FindNode(span.Start); !node.IsNone && node.Kind != SyntaxKind.Document; node = node.Parent)
        {
            if (node.Kind == SyntaxKind.Property ? node.NameSpan == span : node.Span == span)
            {
                return node;
            }

            if (node.Kind is SyntaxKind.Object or SyntaxKind.Array && node.Span.Start == span.Start && span.Length <= 1)
            {
                return node;
            }
        }

        return default;
    }

    /// <summary>Whether a place may not be quoted in a title.</summary>
    public bool IsSecret(TextSpan span)
    {
        _secrets ??= snapshot.Schema is { } schema ? SchemaEvaluator.FindSecrets(Tree, schema) : [];
        return _secrets.Value.Any(secret => secret.IntersectsWith(span));
    }

    /// <summary>The schemas that apply to a value or gap.</summary>
    public ImmutableArray<ApplicableSchema> SchemasOf(SyntaxNode value)
    {
        if (snapshot.Schema is not { } schema)
        {
            return [];
        }

        if (!_schemas.TryGetValue(value.Index, out var applicable))
        {
            _schemas.Add(value.Index, applicable = SchemaEvaluator.FindApplicable(Tree, schema, value, cancellation));
        }

        return applicable;
    }

    /// <summary>The objects for which adding all missing keys was offered; once for each is enough.</summary>
    public HashSet<string> Completed { get; } = new(StringComparer.Ordinal);

    /// <summary>The schema that holds the keyword which the current finding names, or null.</summary>
    public SchemaNode? Owner(SyntaxNode value) => Owner(Current, value);

    /// <summary>The schema that holds the keyword which a finding names, or null.</summary>
    public SchemaNode? Owner(Diagnostic finding, SyntaxNode value)
    {
        if (finding.Data is not { SchemaPointer: { } pointer, SchemaUri: { } uri } || pointer.LastIndexOf('/') is var slash && slash < 0)
        {
            return null;
        }

        foreach (var applicable in SchemasOf(value))
        {
            if (applicable.Schema.Origin.Uri == uri && applicable.Schema.Origin.Pointer == pointer[..slash])
            {
                return applicable.Schema;
            }
        }

        return null;
    }

    /// <summary>The keyword that the current finding names; empty if it names none.</summary>
    public string Keyword => Data?.SchemaPointer is { } pointer ? pointer[(pointer.LastIndexOf('/') + 1)..] : string.Empty;

    public static string Show(string text) => ValueText.Shorten(text);

    public static string Key(string name) => ValueText.Key(name);

    public static string Raw(SyntaxNode node) => Encoding.UTF8.GetString(node.RawText);
}
