using ConfigLsp.Configuration.Schemas;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>Why which schemas apply to a file.</summary>
/// <param name="Path">The file as it is called in results.</param>
/// <param name="Exists">Whether there is such a file; without it, only its name speaks.</param>
/// <param name="Level">Where it is said: <c>declared</c>, <c>workspace</c>, <c>catalog</c> or <c>none</c>.</param>
/// <param name="Schemas">The schemas, all of which apply.</param>
internal sealed record SchemaExplanation(string Path, bool Exists, string Level, IReadOnlyList<ExplainedSchema> Schemas);

/// <summary>One of the schemas of a file.</summary>
/// <param name="Uri">Its URI.</param>
/// <param name="Title">Its title, if it could be loaded and has one.</param>
/// <param name="Reason">Why it applies: a sentence.</param>
/// <param name="Origin">Where it was read; null if it could not be.</param>
/// <param name="Problems">What of it cannot be used.</param>
internal sealed record ExplainedSchema(string Uri, string? Title, string Reason, SchemaOrigin? Origin, IReadOnlyList<string> Problems);
