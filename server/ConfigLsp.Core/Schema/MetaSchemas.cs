using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema;

/// <summary>The meta-schemas of the supported drafts, embedded in the program and parsed when first needed.</summary>
public static class MetaSchemas
{
    private const string ResourcePrefix = "meta/";

    private static readonly Dictionary<string, Lazy<SyntaxTree>> ByUri = Load();

    /// <summary>The URIs of all embedded documents, the vocabularies' own ones included, without fragments.</summary>
    public static IReadOnlyCollection<string> Uris => ByUri.Keys;

    /// <summary>The meta-schema with this URI, or null. A trailing <c>#</c> and <c>https</c> for <c>http</c> make no difference.</summary>
    public static SyntaxTree? Find(string uri)
    {
        var key = uri.TrimEnd('#');
        if (ByUri.TryGetValue(key, out var found))
        {
            return found.Value;
        }

        var other = key.StartsWith("https://", StringComparison.Ordinal)
            ? string.Concat("http://", key.AsSpan("https://".Length))
            : key.StartsWith("http://", StringComparison.Ordinal) ? string.Concat("https://", key.AsSpan("http://".Length)) : key;
        return ByUri.TryGetValue(other, out found) ? found.Value : null;
    }

    internal static bool Contains(string uri) => ByUri.ContainsKey(uri);

    private static Dictionary<string, Lazy<SyntaxTree>> Load()
    {
        var documents = new Dictionary<string, Lazy<SyntaxTree>>(StringComparer.Ordinal);
        foreach (var name in typeof(MetaSchemas).Assembly.GetManifestResourceNames())
        {
            if (name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            {
                documents[UriOf(name[ResourcePrefix.Length..])] = new Lazy<SyntaxTree>(() => Parse(name));
            }
        }

        return documents;
    }

    /// <summary>The files are laid out as the URIs are: <c>draft-07/schema.json</c>, <c>draft-2020-12/meta/core.json</c>.</summary>
    private static string UriOf(string path)
    {
        var name = path.Replace('\\', '/').Replace(".json", string.Empty, StringComparison.Ordinal);
        return name.StartsWith("draft-20", StringComparison.Ordinal)
            ? "https://json-schema.org/draft/" + name["draft-".Length..]
            : "http://json-schema.org/" + name;
    }

    private static SyntaxTree Parse(string name)
    {
        using var stream = typeof(MetaSchemas).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return JsonParser.Parse(SourceText.FromUtf8(bytes));
    }
}
