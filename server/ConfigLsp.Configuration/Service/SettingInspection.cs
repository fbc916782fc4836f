using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Configuration.Service;

/// <summary>Everything that is known about one key.</summary>
/// <param name="Effective">What a read gives; the value of a secret is left out.</param>
public sealed record SettingInspection(SettingAnswer Effective)
{
    /// <summary>Whether the schema marks it as secret; then no value is shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The default of the schema as JSON; null if there is none.</summary>
    public ReadOnlyMemory<byte>? Default { get; init; }

    /// <summary>Every source that sets the key, weakest first.</summary>
    public ImmutableArray<SettingContribution> Sources { get; init; } = [];

    /// <summary>What the schema says about it; null if it says nothing.</summary>
    public SettingDescription? Schema { get; init; }

    /// <summary>The sources that an update can be sent to, weakest first.</summary>
    public ImmutableArray<string> WritableSources { get; init; } = [];
}

/// <summary>What one source says about a key.</summary>
/// <param name="Source">The source.</param>
/// <param name="Use">What becomes of its value.</param>
public sealed record SettingContribution(string Source, ContributionUse Use)
{
    /// <summary>The value as it is written, as JSON; null for a secret.</summary>
    public ReadOnlyMemory<byte>? Value { get; init; }

    /// <summary>Where it is written; null where that is in no file.</summary>
    public SettingPlace? Place { get; init; }

    /// <summary>The environment variable, or null.</summary>
    public string? Variable { get; init; }

    /// <summary>What the schema has against it; null if nothing.</summary>
    public Diagnostic? Problem { get; init; }
}

/// <summary>What becomes of the value of a source.</summary>
public enum ContributionUse
{
    /// <summary>It is what a read gives, or a part of it.</summary>
    Effective,

    /// <summary>A stronger source sets the same key.</summary>
    Overridden,

    /// <summary>The schema refuses it, and it is passed over.</summary>
    Skipped,
}

/// <summary>What the schema says about a key.</summary>
/// <param name="Title">A short name, or null.</param>
/// <param name="Description">What it is for, or null.</param>
/// <param name="Type">The permitted types, such as <c>integer</c>, or null for any.</param>
/// <param name="IsDeprecated">Whether it should not be used any more.</param>
/// <param name="Unit">The unit of its numbers, such as <c>ms</c>, or null.</param>
/// <param name="Json">The schema itself as JSON, or null where it has no text of its own.</param>
public sealed record SettingDescription(string? Title, string? Description, string? Type, bool IsDeprecated, string? Unit, ReadOnlyMemory<byte>? Json);
