using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Lsp.Documents;

/// <summary>One version of a document that the client has open: immutable, except that its tree is computed when first asked for.</summary>
internal sealed class OpenDocument
{
    private readonly Lazy<SyntaxTree> _tree;

    public OpenDocument(string uri, string languageId, int version, long stamp, SourceText text)
        : this(uri, DocumentUri.TryParse(uri, out DocumentUri? parsed) ? parsed : null, languageId, version, stamp, text)
    {
    }

    private OpenDocument(string uri, DocumentUri? parsedUri, string languageId, int version, long stamp, SourceText text)
    {
        Uri = uri;
        ParsedUri = parsedUri;
        LanguageId = languageId;
        Version = version;
        Stamp = stamp;
        Text = text;
        _tree = new Lazy<SyntaxTree>(() => JsonParser.Parse(Text), LazyThreadSafetyMode.ExecutionAndPublication);
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

    /// <summary>Parsed at most once, by the first who asks; never in the request queue.</summary>
    public SyntaxTree Tree => _tree.Value;

    /// <summary>The next version of the same document.</summary>
    public OpenDocument With(int version, long stamp, SourceText text) => new(Uri, ParsedUri, LanguageId, version, stamp, text);
}
