using ConfigLsp.Configuration.Keys;

namespace ConfigLsp.Configuration.Storage;

/// <summary>One setting that a change of a file added, removed or altered. The values are in the file's bytes only.</summary>
/// <param name="Key">The setting.</param>
/// <param name="ExistedBefore">Whether the file set it before.</param>
/// <param name="ExistsAfter">Whether the file sets it now.</param>
public readonly record struct KeyChange(SettingKey Key, bool ExistedBefore, bool ExistsAfter);

/// <summary>How a revision came about.</summary>
public enum ChangeKind
{
    /// <summary>Through the service.</summary>
    Update,

    /// <summary>Through an editor or another program.</summary>
    Outside,

    /// <summary>Through the service, to an earlier content.</summary>
    Restore,
}
