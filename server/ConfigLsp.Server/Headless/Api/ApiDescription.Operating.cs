namespace ConfigLsp.Server.Headless.Api;

/// <summary>Methods to look after the service.</summary>
internal static partial class ApiDescription
{
    public static ApiMethod Reload { get; } = new("configlsp/reload", "Reads sources again, with retries, and forgets remembered answers.")
    {
        Parameters = [new("sources?", "array of string", "Their names; without it all.")],
        Result =
        [
            new("revision", "integer", "The newest revision afterwards."),
            new("clearedEntries", "integer", "Remembered answers that were forgotten."),
            .. SourceFields,
        ],
        ExampleParams = """{"sources":["workspace"]}""",
        ExampleResult = """{"revision":8,"clearedEntries":2,"sources":[{"name":"workspace","type":"file","state":"loaded","location":".nofx/settings.json","writable":true,"optional":true,"required":false,"loadedAt":"2026-01-31T09:30:00+00:00","durationMs":0.4,"size":18,"failures":0,"breaker":{"state":"closed","consecutiveFailures":0}}]}""",
    };

    public static ApiMethod SourcesList { get; } = new("configlsp/sources/list", "The sources, weakest first, with what is known of them; looks at nothing.")
    {
        Result = SourceFields,
        ExampleResult = """{"sources":[{"name":"workspace","type":"file","state":"loaded","location":".nofx/settings.json","writable":true,"optional":true,"required":false,"loadedAt":"2026-01-31T09:30:00+00:00","durationMs":0.4,"size":18,"failures":0,"breaker":{"state":"closed","consecutiveFailures":0}}]}""",
    };

    public static ApiMethod SourcesTest { get; } = new("configlsp/sources/test", "Asks sources once, past cache and breaker, for at most 5 seconds each.")
    {
        Parameters = [new("source?", "string", "The source; without it all.")],
        Result = [new("sources", "array of {name, status, durationMs, size?, error?}", "`status` is healthy, unavailable or error.")],
        ExampleParams = """{"source":"workspace"}""",
        ExampleResult = """{"sources":[{"name":"workspace","status":"healthy","durationMs":0.3,"size":18}]}""",
    };

    public static ApiMethod SourcesBreaker { get; } = new("configlsp/sources/breaker", "Opens or closes the circuit breaker of a source by hand.")
    {
        Parameters =
        [
            new("source", "string", "The source."),
            new("action", "string", "`reset` forgets its failures and closes it, `isolate` holds it open until somebody closes it, `close` closes it."),
        ],
        Result =
        [
            new("source", "string", "The source."),
            new("breaker", "{state, consecutiveFailures, retryAfterMs?, openedAt?, lastError?}", "The breaker afterwards; `state` is closed, open, halfOpen or isolated."),
        ],
        ExampleParams = """{"source":"workspace","action":"reset"}""",
        ExampleResult = """{"source":"workspace","breaker":{"state":"closed","consecutiveFailures":0}}""",
    };

    public static ApiMethod CacheStats { get; } = new("configlsp/cache/stats", "How the cache has served.")
    {
        Result =
        [
            new("enabled", "boolean", "Whether answers are remembered."),
            new("ttlMs", "integer", "For how long, in milliseconds."),
            new("hits", "integer", "Reads that were answered from it."),
            new("misses", "integer", "Reads that were not."),
            new("size", "integer", "Answers that it holds."),
        ],
        ExampleResult = """{"enabled":true,"ttlMs":60000,"hits":41,"misses":3,"size":3}""",
    };

    public static ApiMethod CacheInvalidate { get; } = new("configlsp/cache/invalidate", "Forgets remembered answers.")
    {
        Parameters =
        [
            new("key?", "key", "Those of this key, of what is in it and of what it is in; without it all."),
            new("path?", "array of string", "The names of the key."),
        ],
        Result = [new("removedEntries", "integer", "How many were forgotten.")],
        ExampleParams = """{"key":"maxAgents"}""",
        ExampleResult = """{"removedEntries":1}""",
    };

    public static ApiMethod Health { get; } = new("configlsp/health", "How well the process works, component by component, and what to do where it does not.")
    {
        TakesWorkspace = false,
        Parameters =
        [
            new("kind?", "string", "`live`: whether it answers at all; `ready`: only what decides whether settings can be served; `full` (without it): everything."),
            new("fresh?", "boolean", "Look again instead of giving an answer that is up to 30 seconds old. At most once a second."),
        ],
        Result =
        [
            new("status", "string", "healthy, degraded or unhealthy: the worst of the components."),
            new("timestamp", "string", "When the components were asked, ISO 8601."),
            new("ageMs", "integer", "How long ago that was, in milliseconds."),
            new("revision?", "integer", "The newest revision of the first served folder."),
            new("version", "string", "The version of the product."),
            new("instanceId", "string", "This run of the server."),
            new("processId", "integer", "Its process."),
            new("uptimeMs", "integer", "How long it runs, in milliseconds."),
            new("checks", "array of {name, status, message, details, advice?}", "The components. `advice` says what a person should do, where the status is not healthy."),
        ],
        ExampleParams = """{"kind":"ready"}""",
        ExampleResult = """{"status":"healthy","timestamp":"2026-01-31T09:30:00+00:00","ageMs":1200,"revision":8,"version":"0.1.0","instanceId":"3f0c9a12b7de","processId":4711,"uptimeMs":86400000,"checks":[{"name":"configuration-manager","status":"healthy","message":"Settings are loaded.","details":{"loaded":true,"errorCount":0,"revision":8,"environment":"production","trusted":true,"watches":1}}]}""",
    };

    public static ApiMethod DidChange { get; } = new("configlsp/didChange", "Watched settings have another effective value than before.")
    {
        TakesWorkspace = false,
        Parameters =
        [
            new("watchId", "string", "The watch."),
            new("revision", "integer", "The newest revision that the change belongs to."),
            new("timestamp", "string", "When it was noticed, ISO 8601."),
            new("changes", "array of {key, old?, new?, source?, redacted?}", "What changed. `old` and `new` are absent where the key was or is not set; `source` is that of the new value; `redacted` is true for a secret, whose values are left out."),
            new("lagged?", "{resumeFrom}", "The client did not read for too long: what happened after `resumeFrom`, up to `revision`, was not told. Read the keys again; the watch goes on."),
        ],
        ExampleParams = """{"watchId":"1","revision":9,"timestamp":"2026-01-31T09:31:00+00:00","changes":[{"key":"maxAgents","old":6,"new":7,"source":"workspace"}]}""",
    };

    public static ApiMethod WatchCancelled { get; } = new("configlsp/watchCancelled", "The server has ended a watch.")
    {
        TakesWorkspace = false,
        Parameters = [new("watchId", "string", "The watch."), new("reason", "string", "Why.")],
        ExampleParams = """{"watchId":"1","reason":"The workspace is not served any more."}""",
    };

    public static ApiMethod SourceState { get; } = new("configlsp/sourceState", "A source is in another state than before.")
    {
        TakesWorkspace = false,
        Parameters =
        [
            new("workspace", "string", "The folder."),
            new("source", "string", "The source."),
            new("oldState", "string", "The state before."),
            new("state", "string", "The state now: loaded, missing, lastGood, failed or refused."),
            new("error?", "error", "What is wrong."),
        ],
        ExampleParams = """{"workspace":"/srv/app","source":"workspace","oldState":"missing","state":"loaded"}""",
    };

    public static ApiMethod Breaker { get; } = new("configlsp/breaker", "The circuit breaker of a source is in another state than before.")
    {
        TakesWorkspace = false,
        Parameters =
        [
            new("workspace", "string", "The folder."),
            new("source", "string", "The source."),
            new("oldState", "string", "The state before."),
            new("breaker", "{state, consecutiveFailures, retryAfterMs?, openedAt?, lastError?}", "The breaker now."),
        ],
        ExampleParams = """{"workspace":"/srv/app","source":"central","oldState":"closed","breaker":{"state":"open","consecutiveFailures":5,"retryAfterMs":60000,"openedAt":"2026-01-31T09:31:00+00:00","lastError":"Timeout"}}""",
    };

    public static ApiMethod HealthChanged { get; } = new("configlsp/healthChanged", "The overall status of `configlsp/health` is another than before.")
    {
        TakesWorkspace = false,
        Parameters =
        [
            new("status", "string", "healthy, degraded or unhealthy."),
            new("oldStatus", "string", "The status before."),
            new("timestamp", "string", "When that was found, ISO 8601."),
        ],
        ExampleParams = """{"status":"degraded","oldStatus":"healthy","timestamp":"2026-01-31T09:31:00+00:00"}""",
    };
}
