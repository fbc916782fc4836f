using System.Collections.Immutable;

namespace ConfigLsp.Core.Features.Hover;

/// <summary>What becomes of a setting when all sources are merged, as the hover tells it to a person who looks at one of the sources.</summary>
/// <param name="Use">What becomes of the value that the person looks at.</param>
public sealed record EffectiveValue(EffectiveUse Use)
{
    /// <summary>The value that programs read, as JSON; null where no source sets one, and for a secret.</summary>
    public string? Json { get; init; }

    /// <summary>Whether the value must not be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether it is an object, which several sources can contribute to.</summary>
    public bool IsObject { get; init; }

    /// <summary>The sources that the value comes from, weakest first; of anything but an object one at most.</summary>
    public ImmutableArray<EffectiveOrigin> Origins { get; init; } = [];

    /// <summary>The next weaker source that sets the key too, with its value; null where there is none.</summary>
    public EffectiveOrigin? Hidden { get; init; }

    /// <summary>What the schema has against the value that the person looks at; null if nothing.</summary>
    public string? Problem { get; init; }
}

/// <summary>A source that sets a key.</summary>
/// <param name="Source">Its name.</param>
public sealed record EffectiveOrigin(string Source)
{
    /// <summary>The environment variable, or null.</summary>
    public string? Variable { get; init; }

    /// <summary>The address of the place in its file, such as <c>file:///folder/settings.json#L3,5</c>; null where that is in no file.</summary>
    public string? Address { get; init; }

    /// <summary>Its value as JSON, where that is to be shown.</summary>
    public string? Json { get; init; }
}

/// <summary>What becomes of the value at one place.</summary>
public enum EffectiveUse
{
    /// <summary>It is what programs read, or a part of it.</summary>
    Effective,

    /// <summary>Programs read another value that was made of it.</summary>
    Coerced,

    /// <summary>A stronger source sets the same key.</summary>
    Overridden,

    /// <summary>The schema refuses it, and it is passed over.</summary>
    Skipped,

    /// <summary>It is not saved, so that programs do not see it.</summary>
    Unsaved,
}
