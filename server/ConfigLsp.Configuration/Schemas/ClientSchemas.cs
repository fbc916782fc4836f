using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Globbing;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>
/// Schema associations as an editor sends them: the settings <c>json.schemas</c> and <c>configlsp.schemas</c>, and the notification
/// <c>json/schemaAssociations</c> in both of its forms. Entries that cannot be understood are left out and said in <see cref="Problems"/>.
/// </summary>
/// <param name="Associations">The associations, in order.</param>
/// <param name="Problems">One sentence for each entry that was left out, for the log.</param>
public sealed record ClientSchemas(ImmutableArray<SchemaAssociation> Associations, ImmutableArray<string> Problems)
{
    /// <summary>The most entries that are used; those behind them are left out.</summary>
    public const int MaxEntries = 20_000;

    /// <summary>None.</summary>
    public static readonly ClientSchemas Empty = new([], []);

    /// <summary>Reads the value of <c>json.schemas</c> or <c>configlsp.schemas</c>.</summary>
    /// <param name="json">The value, as UTF-8.</param>
    /// <param name="settingName">The name of the setting, for messages and for the URIs of inline schemas.</param>
    /// <param name="folder">The workspace folder that relative references start from, or null.</param>
    /// <param name="ignoreCase">Whether patterns match letters in either case.</param>
    public static ClientSchemas FromSetting(ReadOnlyMemory<byte> json, string settingName, DocumentUri? folder, bool ignoreCase = false)
    {
        var root = JsonParser.Parse(SourceText.FromUtf8(json)).Root;
        var reader = new Reader(settingName, folder, ignoreCase, anchorsMatchAnywhere: false);
        if (!root.IsNone && root.Kind is not (SyntaxKind.Array or SyntaxKind.Null))
        {
            reader.Problem(string.Empty, "must be an array");
        }

        reader.ReadEntries(root, "url"u8);
        return reader.ToSchemas();
    }

    /// <summary>
    /// Reads the parameter of <c>json/schemaAssociations</c>: an object <c>{pattern: [uri]}</c>, or an array of
    /// <c>{fileMatch, uri, folderUri?, schema?}</c>; either may be wrapped in an array. In these a leading slash means any folder.
    /// </summary>
    public static ClientSchemas FromNotification(ReadOnlyMemory<byte> json, DocumentUri? folder, bool ignoreCase = false)
    {
        var root = JsonParser.Parse(SourceText.FromUtf8(json)).Root;
        var reader = new Reader("json/schemaAssociations", folder, ignoreCase, anchorsMatchAnywhere: true);
        if (root.Kind == SyntaxKind.Array && root.ChildCount == 1 && root.Elements(1).Single() is var only
            && (only.Kind == SyntaxKind.Array || (only.Kind == SyntaxKind.Object && only.Property("fileMatch"u8).IsNone)))
        {
            root = only;
        }

        if (root.Kind == SyntaxKind.Object)
        {
            reader.ReadMap(root);
        }
        else
        {
            reader.ReadEntries(root, "uri"u8);
        }

        return reader.ToSchemas();
    }

    /// <summary>Both lists, these first.</summary>
    public ClientSchemas Concat(ClientSchemas other) => new(Associations.AddRange(other.Associations), Problems.AddRange(other.Problems));

    private sealed class Reader(string name, DocumentUri? folder, bool ignoreCase, bool anchorsMatchAnywhere)
    {
        private readonly ImmutableArray<SchemaAssociation>.Builder _associations = ImmutableArray.CreateBuilder<SchemaAssociation>();
        private readonly ImmutableArray<string>.Builder _problems = ImmutableArray.CreateBuilder<string>();

        /// <summary>What relative references and the URIs of inline schemas start from.</summary>
        private readonly DocumentUri _base = folder?.AsFolder() ?? DocumentUri.Parse("configlsp://settings/");

        public ClientSchemas ToSchemas() => new(_associations.ToImmutable(), _problems.ToImmutable());

        public void Problem(string place, string what) => _problems.Add($"{name}{place} {what}.");

        public void ReadEntries(SyntaxNode array, ReadOnlySpan<byte> uriName)
        {
            var index = -1;
            foreach (var node in array.Elements(MaxEntries))
            {
                index++;
                ReadEntry(node, $"[{index}]", node.Property(uriName));
            }
        }

        public void ReadMap(SyntaxNode map)
        {
            foreach (var property in map.Children.ToArray().Take(MaxEntries))
            {
                var patterns = Patterns([property.GetString()]);
                foreach (var uri in property.Value.Texts())
                {
                    Add(patterns, new SchemaReference(_base.Resolve(uri).Text));
                }
            }
        }

        private void ReadEntry(SyntaxNode node, string place, SyntaxNode uri)
        {
            if (node.Kind != SyntaxKind.Object)
            {
                Problem(place, "must be an object with `fileMatch` and a schema");
                return;
            }

            // An association without files is of use: it gives a schema to those that refer to it.
            var fileMatch = node.Property("fileMatch"u8);
            if (!fileMatch.IsNone && fileMatch.Kind is not (SyntaxKind.Array or SyntaxKind.String))
            {
                Problem(place, "has a `fileMatch` that is not an array of patterns");
                return;
            }

            var at = node.Property("at"u8).Text() ?? string.Empty;
            if (!SchemaNodes.IsPointer(at))
            {
                Problem(place, $"has '{at}' as `at`, which is not a JSON Pointer");
                return;
            }

            DocumentUri? within = null;
            if (node.Property("folderUri"u8).Text() is { Length: > 0 } folderUri && !DocumentUri.TryParse(folderUri, out within))
            {
                Problem(place, $"has '{folderUri}' as `folderUri`, which is not an absolute URI");
                return;
            }

            var origin = within?.AsFolder() ?? _base;
            if (SchemaNodes.ReadReference(uri, node.Property("schema"u8), origin, $"/{name}/{place.Trim('[', ']')}") is not { } schema)
            {
                Problem(place, "has neither a URI nor a schema");
                return;
            }

            Add(Patterns(fileMatch.Texts()), schema, at, within);
        }

        private GlobSet Patterns(IEnumerable<string> patterns) => GlobSet.Create(patterns, ignoreCase, anchorsMatchAnywhere);

        private void Add(GlobSet patterns, SchemaReference schema, string at = "", DocumentUri? within = null) =>
            _associations.Add(new SchemaAssociation(patterns, schema) { At = at, Folder = within });
    }
}
