using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Globbing;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>Files and the schema that checks them.</summary>
/// <param name="FileMatch">The files.</param>
/// <param name="Schema">The schema.</param>
public sealed record SchemaAssociation(GlobSet FileMatch, SchemaReference Schema)
{
    /// <summary>JSON Pointer (RFC 6901) of the part of the file that the schema checks; empty for the whole file.</summary>
    public string At { get; init; } = string.Empty;

    /// <summary>The folder outside of which the association does not hold, or null.</summary>
    public DocumentUri? Folder { get; init; }
}
