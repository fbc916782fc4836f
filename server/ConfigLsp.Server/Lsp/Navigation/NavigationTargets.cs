using ConfigLsp.Core.Features;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Features;
using ConfigLsp.Server.Lsp.Protocol;

namespace ConfigLsp.Server.Lsp.Navigation;

/// <summary>Puts places into the form that the client can use: links, or plain locations.</summary>
internal sealed class NavigationTargets(FeatureRequest request, DocumentSnapshot snapshot, bool links)
{
    /// <summary>A key in a source.</summary>
    public NavigationTarget Of(TextSpan origin, SettingPlace place)
    {
        SyntaxNode property = place.Mention.Property;
        return Create(origin, place.Text.Uri, place.Text.Tree.Text, property.Span, property.NameSpan);
    }

    /// <summary>The target of a reference; nothing where the client cannot open it.</summary>
    public IReadOnlyList<NavigationTarget> Of(TextSpan origin, ReferenceTarget target)
    {
        string? address = ReferenceEquals(target.Node.Tree, snapshot.Tree) ? request.Document.Uri : SchemaAddress.ForClient(target.DocumentUri, request.Client);
        return address is null ? [] : [Of(origin, address, target.Node)];
    }

    /// <summary>A schema, with the name that it has in the object around it.</summary>
    public NavigationTarget Of(TextSpan origin, string address, SyntaxNode schema)
    {
        SyntaxNode property = schema.Parent.Kind == SyntaxKind.Property ? schema.Parent : default;
        SourceText text = schema.Tree.Text;
        TextSpan selection = property.IsNone ? new TextSpan(schema.Span.Start, Math.Min(1, schema.Span.Length)) : property.NameSpan;
        return Create(origin, address, text, property.IsNone ? schema.Span : property.Span, selection);
    }

    /// <summary>The start of a file.</summary>
    public NavigationTarget OfFile(TextSpan origin, string uri) => Create(origin, uri, SourceText.Empty, default, default);

    private NavigationTarget Create(TextSpan origin, string uri, SourceText text, TextSpan whole, TextSpan selection) => links
        ? new NavigationTarget
        {
            OriginSelectionRange = request.Positions.ToRange(snapshot.Text, origin),
            TargetUri = uri,
            TargetRange = request.Positions.ToRange(text, whole),
            TargetSelectionRange = request.Positions.ToRange(text, selection),
        }
        : new NavigationTarget { Uri = uri, Range = request.Positions.ToRange(text, selection) };
}
