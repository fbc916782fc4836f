using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Service;

/// <summary>Some of the keys that are set, in the order of their characters.</summary>
/// <param name="Keys">The keys of values; an object without members counts as a value.</param>
/// <param name="Cursor">Continues the list behind the last key; null where there are no more.</param>
public sealed record KeyPage(ImmutableArray<string> Keys, string? Cursor);
