using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Server.Lsp.Effective;

/// <summary>A document that is the content of a source.</summary>
/// <param name="View">The merged settings.</param>
/// <param name="Index">The number of the source's layer; 0 is the weakest.</param>
internal sealed record SourceDocument(ConfigurationSnapshot View, int Index)
{
    private SyntaxTree? _compared;
    private bool _isSaved;

    public Layer Layer => View.Layers[Index];

    /// <summary>Whether the person trusts the folder that says which sources there are.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Whether the view was made of the same text; compared once for all values that one request looks at.</summary>
    public bool IsSaved(SyntaxTree tree)
    {
        if (!ReferenceEquals(_compared, tree))
        {
            _isSaved = Layer.Content?.Tree is not { } saved || saved.Text.Span.SequenceEqual(tree.Text.Span);
            _compared = tree;
        }

        return _isSaved;
    }
}
