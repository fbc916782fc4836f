using ConfigLsp.Configuration.Globbing;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>One schema of the catalogue.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Description">What it checks, in a sentence.</param>
/// <param name="Url">Its URI, as in its <c>$id</c>.</param>
/// <param name="File">The embedded file, relative to the catalogue.</param>
public sealed record SchemaCatalogEntry(string Name, string Description, string Url, string File)
{
    /// <summary>The files that it checks; empty where only <c>$schema</c> leads to it.</summary>
    public GlobSet FileMatch { get; init; } = GlobSet.Empty;

    /// <summary>The name of a file that must stand beside a matching one, or null.</summary>
    public string? RequiresSibling { get; init; }
}
