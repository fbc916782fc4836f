using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>Why a file is checked.</summary>
public enum SettingsFileReason
{
    /// <summary>It was named, itself or by a glob.</summary>
    Named,

    /// <summary>It is a <c>configlsp.json</c>.</summary>
    WorkspaceFile,

    /// <summary>The <c>schemas</c> of a <c>configlsp.json</c> cover it.</summary>
    WorkspaceSchema,

    /// <summary>It is a source of a <c>configlsp.json</c>.</summary>
    WorkspaceSource,

    /// <summary>The catalogue covers it.</summary>
    Catalog,
}

/// <summary>What <see cref="SettingsFileFinder"/> comes across: a <see cref="SettingsFile"/>, something <see cref="Unreadable"/>, or <see cref="NothingFound"/>.</summary>
public abstract record FoundItem
{
    private protected FoundItem()
    {
    }
}

/// <summary>A file to check.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Reason">Why it is checked.</param>
/// <param name="Detail">The argument, pattern, name of the source or of the catalogue's entry that the reason speaks of.</param>
/// <param name="Folder">The workspace folder that it belongs to.</param>
public sealed record SettingsFile(string Path, SettingsFileReason Reason, string Detail, WorkspaceFolder Folder) : FoundItem;

/// <summary>Something that could not be read and was passed over.</summary>
/// <param name="Failure">What and why.</param>
public sealed record Unreadable(FileFailure Failure) : FoundItem;

/// <summary>An argument that gave no file.</summary>
/// <param name="Argument">The argument.</param>
/// <param name="Message">Why, and what to do.</param>
public sealed record NothingFound(string Argument, string Message) : FoundItem;
