using System.Text.Json.Nodes;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Server.Tests.Headless;

public sealed class ServiceApiTests
{
    [Fact]
    public async Task Absent_null_and_unknown_are_three_things()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        JsonArray items = await ItemsAsync(client, """{"keys":["maxAgents","noSuchKey","a..b",["maxAgents"],["x.y"]]}""");
        Assert.Equal(5, items[0]!["value"]!.GetValue<int>());
        Assert.Equal("workspace", items[0]!["source"]!.GetValue<string>());
        Assert.Equal("UnknownKey", items[1]!["error"]!["data"]!["name"]!.GetValue<string>());
        Assert.Equal(ServiceErrors.InvalidKey.Code, items[2]!["error"]!["code"]!.GetValue<int>());
        Assert.Equal(5, items[3]!["value"]!.GetValue<int>());
        Assert.Equal("UnknownKey", items[4]!["error"]!["data"]!["name"]!.GetValue<string>());
        items = await ItemsAsync(client, """{"keys":["noSuchKey"],"default":null}""");
        Assert.True(items[0]!.AsObject().ContainsKey("value"));
        Assert.Null(items[0]!["value"]);
    }

    [Fact]
    public async Task A_value_goes_through_unchanged()
    {
        await using var process = new HeadlessTestProcess("""{ "aiPath": "/usr/bin/é\u20ac" }""");
        LspTestClient client = await process.InitializeAsync();
        Assert.Equal("/usr/bin/é€", (await ItemsAsync(client, """{"keys":["aiPath"]}"""))[0]!["value"]?.GetValue<string>());
    }

    [Fact]
    public async Task A_remembered_answer_has_the_same_form_as_a_fresh_one()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        await client.RequestAsync("configlsp/update", JsonNode.Parse("""{"key":"maxAgents","value":6}"""));
        JsonObject fresh = (await client.RequestAsync("configlsp/get", JsonNode.Parse("""{"keys":["maxAgents"],"maxStaleMs":0}""")))!.AsObject();
        await client.RequestAsync("configlsp/get", JsonNode.Parse("""{"keys":["maxAgents"]}"""));
        JsonObject remembered = (await client.RequestAsync("configlsp/get", JsonNode.Parse("""{"keys":["maxAgents"]}""")))!.AsObject();
        Assert.Equal("fresh", Take(fresh["items"]![0]!, "freshness"));
        Assert.Equal("cached", Take(remembered["items"]![0]!, "freshness"));
        Assert.True(JsonNode.DeepEquals(fresh, remembered), $"{fresh.ToJsonString()} and {remembered.ToJsonString()}");
    }

    [Fact]
    public async Task An_update_keeps_the_rest_of_the_file_and_a_wrong_expectation_changes_nothing()
    {
        await using var process = new HeadlessTestProcess("{\n  // how many\n  \"maxAgents\": 5\n}\n");
        LspTestClient client = await process.InitializeAsync("my program");
        JsonNode done = (await client.RequestAsync("configlsp/update", JsonNode.Parse("""{"key":"maxAgents","value":6,"expect":{"revision":0}}""")))!;
        Assert.True(done["changed"]!.GetValue<bool>());
        long revision = done["revision"]!.GetValue<long>();
        Assert.Equal("{\n  // how many\n  \"maxAgents\": 6\n}\n", process.Settings);

        JsonNode conflict = (await client.AskAsync("configlsp/update", JsonNode.Parse("""{"key":"maxAgents","value":7,"expect":{"revision":0}}""")))["error"]!;
        Assert.Equal(ServiceErrors.Conflict.Code, conflict["code"]!.GetValue<int>());
        Assert.Equal("conflict", conflict["data"]!["class"]!.GetValue<string>());
        Assert.Equal(revision, conflict["data"]!["current"]!["revision"]!.GetValue<long>());
        Assert.Equal(6, conflict["data"]!["current"]!["value"]!.GetValue<int>());
        Assert.Contains("6", process.Settings, StringComparison.Ordinal);

        JsonNode item = (await client.RequestAsync("configlsp/history", JsonNode.Parse("""{"key":"maxAgents","limit":1}""")))!["items"]![0]!;
        Assert.Equal("my program", item["actor"]!.GetValue<string>());
        Assert.Equal("update", item["kind"]!.GetValue<string>());
        Assert.Equal("maxAgents", item["keys"]![0]!["key"]!.GetValue<string>());

        await client.RequestAsync("configlsp/restore", new JsonObject { ["revision"] = 0 });
        Assert.Contains("5", process.Settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_by_the_schema_carries_its_diagnostics()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        JsonNode error = (await client.AskAsync("configlsp/update", JsonNode.Parse("""{"key":"maxAgents","value":99}""")))["error"]!;
        Assert.Equal("ValidationFailed", error["data"]!["name"]!.GetValue<string>());
        Assert.Equal("validation", error["data"]!["class"]!.GetValue<string>());
        Assert.False(error["data"]!["retryable"]!.GetValue<bool>());
        Assert.Equal("number-too-large", error["data"]!["diagnostics"]![0]!["code"]!.GetValue<string>());
        Assert.NotEmpty(error["data"]!["requestId"]!.GetValue<string>());
        Assert.NotEmpty(error["data"]!["help"]!.GetValue<string>());
        Assert.Equal("""{ "maxAgents": 5 }""", process.Settings);
    }

    [Fact]
    public async Task Updates_that_are_sent_without_waiting_are_made_in_their_order()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        var replies = new List<Task<JsonNode?>>();
        for (int value = 1; value <= 20; value++)
            replies.Add(client.RequestAsync("configlsp/update", new JsonObject { ["key"] = "maxAgents", ["value"] = value }));
        JsonNode?[] results = await Task.WhenAll(replies);
        long[] revisions = [.. results.Where(result => result!["changed"]!.GetValue<bool>()).Select(result => result!["revision"]!.GetValue<long>())];
        Assert.Equal(revisions.Order(), revisions);
        Assert.Equal("""{ "maxAgents": 20 }""", process.Settings);
    }

    [Fact]
    public async Task Every_method_takes_its_parameters_in_all_the_forms_of_common_clients()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        foreach (string parameters in new[] { "null", "{}", "[]", "[{}]", "[null]" })
        {
            foreach (string method in new[] { "configlsp/ping", "configlsp/info", "configlsp/list", "configlsp/effective", "configlsp/validate", "configlsp/history", "configlsp/sources/list", "configlsp/sources/test", "configlsp/reload", "configlsp/cache/stats", "configlsp/cache/invalidate", "configlsp/health" })
                Assert.NotNull(await client.RequestAsync(method, JsonNode.Parse(parameters)));
        }

        Assert.NotNull(await client.RequestAsync("configlsp/get", JsonNode.Parse("""[{"keys":["maxAgents"]}]""")));
    }

    [Theory]
    [InlineData("configlsp/get", "{}")]
    [InlineData("configlsp/get", """{"keys":"maxAgents"}""")]
    [InlineData("configlsp/get", """{"keys":[1]}""")]
    [InlineData("configlsp/get", """{"keys":[null]}""")]
    [InlineData("configlsp/get", """{"keys":[["a",null]]}""")]
    [InlineData("configlsp/get", """{"keys":["maxAgents"],"maxStaleMs":-1}""")]
    [InlineData("configlsp/list", """{"limit":0}""")]
    [InlineData("configlsp/list", """{"limit":1001}""")]
    [InlineData("configlsp/effective", """{"format":"xml"}""")]
    [InlineData("configlsp/inspect", "{}")]
    [InlineData("configlsp/inspect", """{"key":"a","path":["a"]}""")]
    [InlineData("configlsp/validate", """{"uri":"relative.json"}""")]
    [InlineData("configlsp/validate", """{"content":"{}","operations":[]}""")]
    [InlineData("configlsp/validate", """{"operations":[null]}""")]
    [InlineData("configlsp/validate", """{"operations":[{"op":"move","key":"a"}]}""")]
    [InlineData("configlsp/update", """{"key":"maxAgents"}""")]
    [InlineData("configlsp/update", """{"op":"unset","key":"maxAgents","value":1}""")]
    [InlineData("configlsp/update", """{"op":"increment","key":"maxAgents","value":1}""")]
    [InlineData("configlsp/update", """{"value":1}""")]
    [InlineData("configlsp/restore", "{}")]
    [InlineData("configlsp/restore", """{"revision":-1}""")]
    [InlineData("configlsp/history", """{"limit":0}""")]
    [InlineData("configlsp/watch", """{"prefix":"a","keys":["b"]}""")]
    [InlineData("configlsp/unwatch", """{"watchId":"none"}""")]
    [InlineData("configlsp/unwatch", "{}")]
    [InlineData("configlsp/reload", """{"sources":[null]}""")]
    [InlineData("configlsp/sources/breaker", """{"source":"workspace","action":"explode"}""")]
    [InlineData("configlsp/sources/breaker", """{"source":"workspace"}""")]
    [InlineData("configlsp/health", """{"kind":"loud"}""")]
    public async Task Wrong_parameters_are_refused_with_the_name_of_the_method(string method, string parameters)
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        JsonObject reply = await client.AskAsync(method, JsonNode.Parse(parameters));
        Assert.Equal(RpcErrorCodes.InvalidParams, reply["error"]!["code"]!.GetValue<int>());
        Assert.Contains($"'{method}'", reply["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0L, process.Process.Errors.Check().Details["count"].Value);
    }

    [Theory]
    [InlineData("configlsp/sources/test", """{"source":"none"}""", "Unavailable")]
    [InlineData("configlsp/sources/breaker", """{"source":"none","action":"reset"}""", "Unavailable")]
    [InlineData("configlsp/reload", """{"sources":["none"]}""", "Unavailable")]
    [InlineData("configlsp/update", """{"key":"maxAgents","value":1,"source":"environment"}""", "SourceNotWritable")]
    [InlineData("configlsp/update", """{"key":"../x","value":1}""", "InvalidKey")]
    [InlineData("configlsp/restore", """{"revision":77}""", "Compacted")]
    public async Task Expected_failures_have_their_name(string method, string parameters, string name)
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        JsonNode error = (await client.AskAsync(method, JsonNode.Parse(parameters)))["error"]!;
        Assert.Equal(name, error["data"]!["name"]!.GetValue<string>());
        Assert.Equal(ServiceErrors.All.Single(descriptor => descriptor.Name == name).Code, error["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task More_keys_than_a_read_may_have_are_refused()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        var keys = new JsonArray([.. Enumerable.Repeat("maxAgents", 501).Select(key => (JsonNode)key)]);
        Assert.Equal(ServiceErrors.LimitExceeded.Code, await client.FailAsync("configlsp/get", new JsonObject { ["keys"] = keys }));
    }

    [Fact]
    public async Task Sources_and_breakers_can_be_looked_at_and_controlled()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        JsonNode breaker = (await client.RequestAsync("configlsp/sources/breaker", JsonNode.Parse("""{"source":"workspace","action":"isolate"}""")))!["breaker"]!;
        Assert.Equal("isolated", breaker["state"]!.GetValue<string>());
        JsonNode told = (await client.NextAsync("configlsp/breaker"))!;
        Assert.Equal("workspace", told["source"]!.GetValue<string>());
        Assert.Equal("isolated", told["breaker"]!["state"]!.GetValue<string>());
        Assert.Equal("CircuitOpen", (await client.AskAsync("configlsp/update", JsonNode.Parse("""{"key":"maxAgents","value":6}""")))["error"]!["data"]!["name"]!.GetValue<string>());
        JsonNode changed = (await client.NextAsync("configlsp/healthChanged"))!;
        Assert.Equal("healthy", changed["oldStatus"]!.GetValue<string>());
        Assert.Equal("degraded", changed["status"]!.GetValue<string>());
        JsonNode health = (await client.RequestAsync("configlsp/health", null))!;
        JsonNode check = health["checks"]!.AsArray().Single(item => item!["name"]!.GetValue<string>() == "breakers")!;
        Assert.Equal("degraded", check["status"]!.GetValue<string>());
        Assert.NotNull(check["advice"]);
    }

    private static async Task<JsonArray> ItemsAsync(LspTestClient client, string parameters) =>
        (await client.RequestAsync("configlsp/get", JsonNode.Parse(parameters)))!["items"]!.AsArray();

    private static string Take(JsonNode item, string member)
    {
        string text = item[member]!.GetValue<string>();
        item.AsObject().Remove(member);
        return text;
    }
}
