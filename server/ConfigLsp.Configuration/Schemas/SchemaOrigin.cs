namespace ConfigLsp.Configuration.Schemas;

/// <summary>Where a schema document was read.</summary>
public enum SchemaOriginKind
{
    /// <summary>In this program.</summary>
    Embedded,

    /// <summary>In the settings that it is written in.</summary>
    Settings,

    /// <summary>In a file.</summary>
    File,

    /// <summary>In a document that is open in the editor.</summary>
    Editor,

    /// <summary>From the client, which was asked for it.</summary>
    Client,

    /// <summary>From its server.</summary>
    Download,

    /// <summary>In the copy that an earlier download has left.</summary>
    Cache,
}

/// <summary>Where a schema document was read, and when it was downloaded.</summary>
/// <param name="Kind">Where.</param>
public sealed record SchemaOrigin(SchemaOriginKind Kind)
{
    internal static SchemaOrigin Embedded { get; } = new(SchemaOriginKind.Embedded);

    internal static SchemaOrigin Settings { get; } = new(SchemaOriginKind.Settings);

    internal static SchemaOrigin File { get; } = new(SchemaOriginKind.File);

    internal static SchemaOrigin Editor { get; } = new(SchemaOriginKind.Editor);

    internal static SchemaOrigin Client { get; } = new(SchemaOriginKind.Client);

    /// <summary>When it was downloaded; null where it was not.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>When its server last said that it holds; null where it was not downloaded.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Why the copy was not asked about at its server, in a few words; null where it was, or need not be.</summary>
    public string? Note { get; init; }
}
