using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Lsp.Documents;

/// <summary>
/// One version of a document that the client has open: immutable, except that its tree is computed when first asked for, and that what is found
/// in it is remembered.
/// </summary>
internal sealed class OpenDocument
{
    private readonly Lazy<SyntaxTree> _tree;
    private Basis? _basis;
    private volatile IReadOnlyList<Diagnostic> _findings = [];

    public OpenDocument(string uri, string languageId, int version, long stamp, SourceText text)
        : this(uri, DocumentUri.TryParse(uri, out DocumentUri? parsed) ? parsed : null, languageId, version, stamp, text, basis: null, new DocumentMemory())
    {
    }

    private OpenDocument(string uri, DocumentUri? parsedUri, string languageId, int version, long stamp, SourceText text, Basis? basis, DocumentMemory memory)
    {
        Uri = uri;
        ParsedUri = parsedUri;
        LanguageId = languageId;
        Version = version;
        Stamp = stamp;
        Text = text;
        Memory = memory;
        _basis = basis;
        _tree = new Lazy<SyntaxTree>(Parse, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>As the client spells it, of any scheme.</summary>
    public string Uri { get; }

    /// <summary>The same to reason about; null when the client's spelling is no absolute URI.</summary>
    public DocumentUri? ParsedUri { get; }

    public string LanguageId { get; }

    /// <summary>The client's number. It may be re-used when a document is closed and opened again.</summary>
    public int Version { get; }

    /// <summary>Different for every text that was ever held.</summary>
    public long Stamp { get; }

    public SourceText Text { get; }

    /// <summary>Shared by all versions of the document.</summary>
    public DocumentMemory Memory { get; }

    /// <summary>Parsed at most once, by the first who asks; never in the request queue.</summary>
    public SyntaxTree Tree => _tree.Value;

    /// <summary>What was last found wrong with this version; empty until it was looked at.</summary>
    public IReadOnlyList<Diagnostic> Findings
    {
        get => _findings;
        set => _findings = value;
    }

    /// <summary>The next version of the same document.</summary>
    /// <param name="version">The client's number.</param>
    /// <param name="stamp">The number of the text.</param>
    /// <param name="text">The text.</param>
    /// <param name="change">Where it differs from this one; null where that is not known.</param>
    public OpenDocument With(int version, long stamp, SourceText text, TextChangeRange? change)
    {
        Basis? basis = change is not { } range ? null
            : _tree.IsValueCreated ? new Basis(_tree.Value, range)
            : _basis is { } known ? known with { Change = known.Change.Then(range) }
            : null;
        return new OpenDocument(Uri, ParsedUri, LanguageId, version, stamp, text, basis, Memory);
    }

    private SyntaxTree Parse()
    {
        SyntaxTree tree = _basis is { } basis ? JsonParser.Parse(Text, basis.Tree, basis.Change) : JsonParser.Parse(Text);

        // The older text is not kept alive any longer than it is needed.
        _basis = null;
        return tree;
    }

    /// <summary>The last version whose tree is known, and where this one differs from it.</summary>
    private sealed record Basis(SyntaxTree Tree, TextChangeRange Change);
}

/// <summary>What was found out about a document and speeds up the next version, as long as nobody else has been quicker.</summary>
internal sealed class DocumentMemory
{
    private volatile ValidationMemory _validation = ValidationMemory.Empty;
    private volatile TokenMemory? _tokens;

    /// <summary>Validates a version with what the last validation has left, and keeps what this one leaves.</summary>
    public DiagnosticSet Validate(DocumentSnapshot snapshot, ValidationOptions options, CancellationToken cancellation)
    {
        DiagnosticSet found = DocumentValidation.Validate(snapshot, options, _validation, cancellation);
        _validation = found.Memory ?? ValidationMemory.Empty;
        return found;
    }

    /// <summary>The last answer about its semantic tokens; null before the first.</summary>
    public TokenMemory? Tokens
    {
        get => _tokens;
        set => _tokens = value;
    }
}

/// <param name="ResultId">How the client calls the answer.</param>
/// <param name="Data">The tokens, as they were sent.</param>
internal sealed record TokenMemory(string ResultId, int[] Data);
