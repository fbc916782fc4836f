namespace ConfigLsp.Server.Headless.Api;

/// <summary>Methods that write or follow.</summary>
internal static partial class ApiDescription
{
    public static ApiMethod Update { get; } = new("configlsp/update", "Sets or removes one key in one source. A reply with a revision means that the change is on the disk.")
    {
        Parameters =
        [
            new("op?", "string", "`set` (without it) or `unset`."),
            new("key?", "key", KeyMeaning),
            new("path?", "array of string", "The names of the key."),
            new("value?", "any", "The value to set."),
            new("source?", "string", SourceMeaning),
            new("expect?", "{revision?, absent?, etag?}", "What must be so: the key's revision in that source (0: never changed), that it is not set there, or the hash of the file. Otherwise the answer is the error Conflict, with what is there."),
            new("transactionId?", "string", TransactionMeaning),
            new("dryRun?", "boolean", "Only say what would be done."),
        ],
        Result = UpdateResult,
        Notes = """
            Updates of one connection are taken up in the order in which they are sent, also without waiting for replies. Every other byte of the file,
            its comments and its layout stay as they are. The change is refused with ValidationFailed where the settings in effect afterwards would have
            an error that they do not have now.
            """,
        ExampleParams = """{"op":"set","key":"maxAgents","value":6,"expect":{"revision":0}}""",
        ExampleResult = """{"source":"workspace","revision":8,"changed":true,"pendingSave":false,"replay":false,"etag":"4f8e…","edits":[{"range":{"start":{"line":1,"character":15},"end":{"line":1,"character":16}},"newText":"6"}],"diagnostics":[]}""",
    };

    public static ApiMethod History { get; } = new("configlsp/history", "What changed when and through whom, the newest first; also edits that did not come through the service.")
    {
        Parameters =
        [
            new("key?", "key", "Only changes of this setting and what is in it."),
            new("path?", "array of string", "The names of the key."),
            new("source?", "string", "Only changes of this source."),
            new("limit?", "integer", $"The most to give, from 1 to {WritingMethods.LargestPage}; {WritingMethods.UsualPage} without it."),
            new("before?", "integer", "Only revisions before this one."),
        ],
        Result =
        [
            new("revision", "integer", "The newest revision."),
            new("items", "array of item", "`revision`, `timestamp`, `source`, `kind` (update, outside, restore), `actor?`, `keys` (array of `{key, change}`; change is added, removed or changed), `keyCount`."),
        ],
        ExampleParams = """{"key":"maxAgents","limit":1}""",
        ExampleResult = """{"revision":8,"items":[{"revision":8,"timestamp":"2026-01-31T09:30:00+00:00","source":"workspace","kind":"update","actor":"my-program","keys":[{"key":"maxAgents","change":"changed"}],"keyCount":1}]}""",
    };

    public static ApiMethod Restore { get; } = new("configlsp/restore", "Brings the file of a source back to what it held at a revision, which makes a new revision.")
    {
        Parameters =
        [
            new("revision", "integer", "The revision whose content is wanted; 0 for what was there before the first."),
            new("source?", "string", "The source; without it that of the revision."),
            new("transactionId?", "string", TransactionMeaning),
            new("dryRun?", "boolean", "Only say what would be done."),
        ],
        Result = UpdateResult,
        ExampleParams = """{"revision":1,"dryRun":true}""",
        ExampleResult = """{"source":"workspace","changed":true,"pendingSave":false,"replay":false,"edits":[{"range":{"start":{"line":1,"character":15},"end":{"line":1,"character":16}},"newText":"5"}],"diagnostics":[]}""",
    };

    public static ApiMethod Watch { get; } = new("configlsp/watch", "Tells from now on of settings that change, with `configlsp/didChange`, whoever changes them.")
    {
        Parameters =
        [
            new("prefix?", "string", "This key and what is in it. Without `prefix` and `keys`: all settings."),
            new("keys?", "array of key", "These keys, and what is in them."),
        ],
        Result =
        [
            new("watchId", "string", "Names the watch in its notifications."),
            new("revision", "integer", "What comes after this revision is told."),
        ],
        Notes = $"""
            The reply comes before the first notification. Notifications of a watch are in the order of revisions, each comes once and none is left out;
            where a client does not read for so long that too many wait, it is told with `lagged` from which revision on it has to read again. A
            connection has at most {WatchMethods.MaxWatches} watches; they end with it.
            """,
        ExampleParams = """{"keys":["maxAgents"]}""",
        ExampleResult = """{"watchId":"1","revision":8}""",
    };

    public static ApiMethod Unwatch { get; } = new("configlsp/unwatch", "Ends a watch of this connection.")
    {
        TakesWorkspace = false,
        Parameters = [new("watchId", "string", "The watch.")],
        Notes = "The result is `null`. A notification that is on its way may still come.",
        ExampleParams = """{"watchId":"1"}""",
        ExampleResult = "null",
    };
}
