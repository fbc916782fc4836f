using ConfigLsp.Configuration.Keys;
using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Configuration.Layers;

/// <summary>What a reader of the settings should know: a value that is not served as it is written, or settings that do not fit together.</summary>
/// <param name="Layer">The number of the layer that contributes the value.</param>
/// <param name="Key">The setting.</param>
/// <param name="Outcome">What was done about it.</param>
/// <param name="Diagnostic">What the schema says, at its place in the document of the layer; without secrets.</param>
public sealed record SettingFinding(int Layer, SettingKey Key, FindingOutcome Outcome, Diagnostic Diagnostic);

/// <summary>What was done about a value that the schema refuses.</summary>
public enum FindingOutcome
{
    /// <summary>It was brought into the right form: numeric text became a number, a fraction was rounded down, text was trimmed.</summary>
    Coerced,

    /// <summary>It is passed over, and the next weaker valid value serves.</summary>
    Skipped,

    /// <summary>It is served, but the merged settings break a rule.</summary>
    Reported,
}
