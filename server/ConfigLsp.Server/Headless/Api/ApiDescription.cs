using System.Collections.Immutable;
using ConfigLsp.Configuration.Service;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>Every method and notification of the service. <c>docs/api.md</c> is generated from it, and what is not in it cannot be registered.</summary>
internal static partial class ApiDescription
{
    /// <summary>Changes when a client of the version before would no longer work.</summary>
    public const int Version = 1;

    /// <summary>The most keys of one <c>get</c>.</summary>
    public const int KeysPerGet = GetRequest.MaxKeys;

    private const string KeyMeaning = "The setting: names with dots between them. For names that hold dots themselves, send the names in an array, here or as `path`.";
    private const string SourceMeaning = "The source to write; without it the workspace's `.nofx/settings.json`, or the last file that can be written.";
    private const string TransactionMeaning = "A name of your choice for this request, up to 128 characters. Sending the request again within 15 minutes under the same name does not change anything again.";

    /// <summary>The methods, in the order of the documentation.</summary>
    public static ImmutableArray<ApiMethod> Methods =>
    [
        Ping, Info, Get, List, Effective, Inspect, Validate, Update, History, Restore, Watch, Unwatch, Reload,
        SourcesList, SourcesTest, SourcesBreaker, CacheStats, CacheInvalidate, Health,
    ];

    /// <summary>What the server says without being asked.</summary>
    public static ImmutableArray<ApiMethod> Notifications => [DidChange, WatchCancelled, SourceState, Breaker, HealthChanged];

    private static ImmutableArray<ApiField> UpdateResult =>
    [
        new("source", "string", "The source that was written."),
        new("revision?", "integer", "The revision of the change, or the newest one where nothing had to be changed. Absent where the change is not on the disk yet: a dry run, or `pendingSave`."),
        new("changed", "boolean", "Whether the file has changed, or for a dry run would change."),
        new("pendingSave", "boolean", "The file is open in this client's editor: the change was made there, and reaches the disk when the person saves."),
        new("replay", "boolean", "This is the answer to a request with the same `transactionId` that had been carried out before."),
        new("etag?", "string", "The hash of the file's content afterwards, for `expect`."),
        new("overriddenBy?", "string", "A stronger source that sets the same key, so that reads do not see the change."),
        new("edits", "array of {range, newText}", "The changes of the text, relative to the text before; lines and UTF-16 columns from 0."),
        new("diagnostics", "array of diagnostic", "What the schema says about the settings that are in effect afterwards."),
    ];

    private static ImmutableArray<ApiField> SourceFields =>
    [
        new("sources", "array of source", "The sources, weakest first: `name`, `type`, `state` (loaded, missing, lastGood, failed, refused, notLoaded), `location?`, `writable`, `optional`, `required`, `loadedAt?`, `durationMs`, `size?`, `failures`, `breaker`, `error?`."),
    ];
}
