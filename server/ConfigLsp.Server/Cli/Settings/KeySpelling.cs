using ConfigLsp.Configuration.Errors;
using ConfigLsp.Core.Schema;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>Finds the key that somebody may have meant.</summary>
internal static class KeySpelling
{
    private const int MaxKeys = 5000;

    /// <summary>The error, with the nearest key of the schema where it says that a key is unknown.</summary>
    public static CommandFailure Explain(ServiceError error, string key, JsonSchema? schema)
    {
        CommandFailure failure = error;
        return error.Descriptor != ServiceErrors.UnknownKey || schema is null || error.Message.Contains("Did you mean", StringComparison.Ordinal)
            ? failure
            : failure with { Message = error.Message + Spelling.Hint(key, KeysOf(schema)) };
    }

    /// <summary>The keys that a schema names, those around others included.</summary>
    public static IEnumerable<string> KeysOf(JsonSchema schema) =>
        SchemaKeys.Walk(schema).Select(static k => string.Join('.', k.Key.Segments)).Where(static k => k.Length > 0).Take(MaxKeys);
}
