using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>Where it is said which schema applies to a file; the first level that says something decides.</summary>
public enum SchemaLevel
{
    /// <summary>Nowhere: the file has no schema.</summary>
    None,

    /// <summary>The file's own <c>$schema</c>.</summary>
    Declared,

    /// <summary>The workspace's <c>configlsp.json</c>.</summary>
    Workspace,

    /// <summary>The editor's settings and associations.</summary>
    Client,

    /// <summary>The embedded catalogue.</summary>
    Catalog,
}

/// <summary>The schemas that apply to one document, all of them at once.</summary>
/// <param name="Level">Where that is said.</param>
/// <param name="Schemas">The schemas; empty at <see cref="SchemaLevel.None"/>.</param>
public sealed record SchemaSelection(SchemaLevel Level, ImmutableArray<SelectedSchema> Schemas)
{
    /// <summary>No schema.</summary>
    public static readonly SchemaSelection None = new(SchemaLevel.None, []);
}

/// <summary>One schema that applies to a document.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="At">JSON Pointer of the part of the document that it checks; empty for the whole.</param>
public sealed record SelectedSchema(SchemaReference Schema, string At)
{
    /// <summary>The section under which the settings stand flat in the document, as in VS Code's settings; null if they do not.</summary>
    public string? Section { get; init; }
}
