namespace ConfigLsp.Server.Headless.Api;

/// <summary>Methods that read.</summary>
internal static partial class ApiDescription
{
    public static ApiMethod Ping { get; } = new("configlsp/ping", "Answers as soon as the server reads messages. The only request that is also answered before `initialize`.")
    {
        TakesWorkspace = false,
        Result =
        [
            new("version", "string", "The version of the product."),
            new("instanceId", "string", "This run of the server; random."),
            new("timestamp", "string", "The time, ISO 8601."),
        ],
        ExampleResult = """{"version":"0.1.0","instanceId":"3f0c9a12b7de","timestamp":"2026-01-31T09:30:00+00:00"}""",
    };

    public static ApiMethod Info { get; } = new("configlsp/info", "What is served: version, environment, sources, cache and limits.")
    {
        Result =
        [
            new("version", "string", "The version of the product."),
            new("apiVersion", "integer", "The version of this API: 1."),
            new("instanceId", "string", "This run of the server."),
            new("workspace", "string", "The folder, links resolved."),
            new("trusted", "boolean", "Whether the folder is trusted."),
            new("storeId?", "string", "Names the history of revisions; another one means that revisions start anew."),
            new("revision", "integer", "The newest revision."),
            new("environment", "{name, detectedBy, trail[]}", "The environment, the place that decided, and all places that were looked at."),
            new("loaded", "boolean", "Whether all required sources have been read."),
            new("lastLoad?", "string", "When the settings last changed, ISO 8601."),
            new("errorCount", "integer", "Sources that are not as they should be, and values that are not served as they are written."),
            .. SourceFields,
            new("cache", "{enabled, ttlMs, hits, misses, size}", "How answers are remembered."),
            new("limits", "object", "What one connection and one request may hold."),
            new("warnings", "array of string", "What was passed over when the workspace was opened."),
        ],
        ExampleResult = """{"version":"0.1.0","apiVersion":1,"instanceId":"3f0c9a12b7de","workspace":"/srv/app","trusted":true,"storeId":"7660aac98da7402bb0c7ffbc2df3e7b3","revision":7,"environment":{"name":"production","detectedBy":"CONFIGLSP_ENV","trail":[{"where":"--env","outcome":"notSet"},{"where":"CONFIGLSP_ENV","value":"production","outcome":"chosen"}]},"loaded":true,"lastLoad":"2026-01-31T09:30:00+00:00","errorCount":0,"sources":[{"name":"workspace","type":"file","state":"loaded","location":".nofx/settings.json","writable":true,"optional":true,"required":false,"loadedAt":"2026-01-31T09:30:00+00:00","durationMs":0.4,"size":18,"failures":0,"breaker":{"state":"closed","consecutiveFailures":0}}],"cache":{"enabled":true,"ttlMs":60000,"hits":41,"misses":3,"size":3},"limits":{"messageBytes":33554432,"depth":128,"requestsInFlight":256,"keysPerGet":500,"keyBytes":1024,"keySegments":32,"watchesPerConnection":256,"connections":256,"workspaces":64},"warnings":[]}""",
    };

    public static ApiMethod Get { get; } = new("configlsp/get", "Reads keys from the merged settings, all at one moment.")
    {
        Parameters =
        [
            new("keys", "array of key", $"Up to {KeysPerGet}. {KeyMeaning.Replace(", here or as `path`", string.Empty, StringComparison.Ordinal)}"),
            new("default?", "any", "Given as the value of a key that no source sets."),
            new("maxStaleMs?", "integer", "How old an answer may be, in milliseconds; 0 looks at the sources. Without it what the cache permits."),
            new("source?", "string", "The source whose revisions are given; without it the one that updates go to."),
        ],
        Result =
        [
            new("revision", "integer", "The newest revision."),
            new("items", "array of item", "One for each key, in their order: `key`, and either `value?`, `source?`, `freshness` (fresh, cached, lastGood) and `revision`, or `error`."),
        ],
        Notes = """
            A key that is not set has no `value`; one that is set to `null` has the value `null`. A bad key is the `error` of its item and leaves the
            others alone. `revision` of an item is the one at which the key last changed in the source that updates go to (0: never); send it back as
            `expect.revision` of an update. This is the one method that shows secrets.
            """,
        ExampleParams = """{"keys":["maxAgents"]}""",
        ExampleResult = """{"revision":7,"items":[{"key":"maxAgents","value":5,"source":"workspace","freshness":"cached","revision":7}]}""",
    };

    public static ApiMethod List { get; } = new("configlsp/list", "The keys that are set, in the order of their characters, a page at a time.")
    {
        Parameters =
        [
            new("prefix?", "string", "Only this key and what is in it."),
            new("limit?", "integer", $"The most to give, from 1 to {ReadingMethods.LargestPage}; {ReadingMethods.UsualPage} without it."),
            new("cursor?", "string", "`cursor` of the page before."),
        ],
        Result =
        [
            new("revision", "integer", "The newest revision."),
            new("keys", "array of string", "The keys of values; an object without members counts as a value."),
            new("cursor?", "string", "Continues the list; absent where there are no more."),
        ],
        ExampleParams = """{"limit":2}""",
        ExampleResult = """{"revision":7,"keys":["autoSpawn","maxAgents"],"cursor":"maxAgents"}""",
    };

    public static ApiMethod Effective { get; } = new("configlsp/effective", "The merged settings as one document; secrets are replaced by `<redacted>`.")
    {
        Parameters =
        [
            new("section?", "string", "Only what is in this key."),
            new("format?", "string", "`json` (without it) or `env`: environment variables, one `NAME='value'` a line."),
            new("prefix?", "string", "Of `env`: what the names start with; `NOFX_` without it."),
        ],
        Result =
        [
            new("document?", "object", "Of `json`: the settings."),
            new("text?", "string", "Of `env`: the lines."),
            new("redactedKeys", "array of string", "The keys whose values are not shown."),
        ],
        ExampleResult = """{"document":{"maxAgents":5,"autoSpawn":true},"redactedKeys":[]}""",
    };

    public static ApiMethod Inspect { get; } = new("configlsp/inspect", "Where the value of a key comes from: every source that sets it, with file and range, and what the schema says.")
    {
        Parameters = [new("key?", "key", KeyMeaning), new("path?", "array of string", "The names of the key.")],
        Result =
        [
            new("key", "string", "The key."),
            new("effective", "{value?, source?, freshness, revision}", "What a read gives."),
            new("isSecret", "boolean", "Whether the schema marks it as secret; then no value is shown."),
            new("default?", "any", "The default of the schema."),
            new("sources", "array of {source, use, value?, place?, variable?, problem?}", "Every source that sets the key, weakest first. `use` is effective, overridden or skipped; `place` is `{uri, range}`."),
            new("schema?", "{title?, description?, type?, deprecated, unit?, json?}", "What the schema says about it."),
            new("writableSources", "array of string", "The sources that an update can be sent to."),
        ],
        ExampleParams = """{"key":"maxAgents"}""",
        ExampleResult = """{"key":"maxAgents","effective":{"value":5,"source":"workspace","freshness":"cached","revision":7},"isSecret":false,"default":3,"sources":[{"source":"defaults","use":"overridden","value":3},{"source":"workspace","use":"effective","value":5,"place":{"uri":"file:///srv/app/.nofx/settings.json","range":{"start":{"line":1,"character":2},"end":{"line":1,"character":16}}}}],"schema":{"description":"Most agents at a time.","type":"integer","deprecated":false},"writableSources":["workspace","local"]}""",
    };

    public static ApiMethod Validate { get; } = new("configlsp/validate", "Checks settings without changing anything: a file, a text, changes to be tried, or without any of them the settings in effect.")
    {
        Parameters =
        [
            new("uri?", "string", "The file of a source: a `file:` URI or an absolute path."),
            new("content?", "string", "The text of a document of settings."),
            new("operations?", "array of {op, key, value}", "Up to 128 changes, in the form of `configlsp/update`."),
            new("source?", "string", "The source that text or changes are meant for; without it the one that updates go to."),
        ],
        Result =
        [
            new("valid", "boolean", "Whether there is no error."),
            new("diagnostics", "array of diagnostic", "`severity` (error, warning, information, hint), `code` (see docs/rules), `message`, `place?` (`{uri, range}`), `source?`, `key?`."),
        ],
        ExampleParams = """{"operations":[{"op":"set","key":"maxAgents","value":99}]}""",
        ExampleResult = """{"valid":false,"diagnostics":[{"severity":"error","code":"number-too-large","message":"The value must be at most 10.","source":"workspace","key":"maxAgents"}]}""",
    };
}
