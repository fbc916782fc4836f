using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>What a <c>configlsp.json</c> says, as far as it can be understood; read by <see cref="WorkspaceFile"/>.</summary>
public sealed record WorkspaceConfiguration
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "configlsp.json";

    /// <summary>The configuration of a workspace without such a file.</summary>
    public static readonly WorkspaceConfiguration Empty = new();

    /// <summary>The file, or null where there is none.</summary>
    public DocumentUri? Uri { get; init; }

    /// <summary>The schema of the merged settings and of the file sources; null if not stated (then the agent settings).</summary>
    public SchemaReference? Schema { get; init; }

    /// <summary><c>auto</c>, the name of an environment, or null if not stated.</summary>
    public string? Environment { get; init; }

    /// <summary>The cache of read settings.</summary>
    public CacheConfiguration Cache { get; init; } = new();

    /// <summary>The sources in their order of precedence, low to high; empty if not stated.</summary>
    public ImmutableArray<SourceConfiguration> Sources { get; init; } = [];

    /// <summary>The numbers of every source's resilience; null if not stated.</summary>
    public ResilienceConfiguration? Resilience { get; init; }

    /// <summary>Schemas of further files.</summary>
    public ImmutableArray<SchemaAssociation> Schemas { get; init; } = [];
}

/// <summary>The cache of read settings.</summary>
public sealed record CacheConfiguration
{
    /// <summary>The longest time to live, in milliseconds: one day.</summary>
    public const int MaxTtlMs = 86_400_000;

    /// <summary>Whether it is used.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Milliseconds for which an entry is fresh.</summary>
    public int TtlMs { get; init; } = 60_000;
}

/// <summary>Kinds of sources of settings.</summary>
public enum SourceType
{
    Defaults,
    File,
    VsCode,
    Environment,
    Http,
}

/// <summary>One source of settings as it is configured. Texts are as written: placeholders are not expanded.</summary>
/// <param name="Name">How logs, health and the API call it; unique.</param>
/// <param name="Type">Its kind.</param>
public sealed record SourceConfiguration(string Name, SourceType Type)
{
    /// <summary>The file, relative to <c>configlsp.json</c> or absolute, with placeholders.</summary>
    public string? Path { get; init; }

    /// <summary>The address of an HTTP source.</summary>
    public string? Url { get; init; }

    /// <summary>How the names of the environment variables start.</summary>
    public string? Prefix { get; init; }

    /// <summary>The section of a VS Code settings file.</summary>
    public string? Section { get; init; }

    /// <summary><c>json</c>, <c>jsonc</c> or null.</summary>
    public string? Format { get; init; }

    /// <summary>Whether its absence is normal.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether settings count as not loaded while it cannot be read.</summary>
    public bool Required { get; init; }

    /// <summary>Milliseconds after which it is read again, or null.</summary>
    public int? RefreshMs { get; init; }

    /// <summary>The numbers in which its resilience differs from the workspace's; null if not stated.</summary>
    public ResilienceConfiguration? Resilience { get; init; }

    /// <summary>Where it stands in <c>configlsp.json</c>.</summary>
    public TextSpan Span { get; init; }
}
