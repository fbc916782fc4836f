using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ConfigLsp.Server.Headless.Api;
using ConfigLsp.Server.Headless.Notifications;
using ConfigLsp.Server.Headless.Protocol;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Testing;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Server.Tests.Headless;

/// <summary>What is written about the methods is what they take and give: the table is compared with the types, and its examples are carried out.</summary>
public sealed class ApiDescriptionTests
{
    public static TheoryData<string> Methods => [.. ApiDescription.Methods.Select(method => method.Name)];

    [Fact]
    public void The_pages_of_the_documentation_are_up_to_date()
    {
        Baseline.Matches(ApiPage.Write(), "docs", "api.md");
        Baseline.Matches(ErrorsPage.Write(), "docs", "errors.md");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_members_of_parameters_and_results_are_described(string name)
    {
        ApiMethod method = Find(name);
        Type[] types = RegisteredTypes(name);
        string[] parameters = Members(types[0]);
        Assert.Equal(
            parameters.Except(["workspace"], StringComparer.Ordinal).Order(StringComparer.Ordinal),
            method.Parameters.Select(field => field.Member).Order(StringComparer.Ordinal));
        Assert.Equal(method.TakesWorkspace, parameters.Contains("workspace"));
        Assert.Equal(Required(types[0]), method.Parameters.Where(field => !field.IsOptional).Select(field => field.Member).Order(StringComparer.Ordinal));
        if (types[^1] != typeof(GetReply))
            Assert.Equal(Members(types[^1]).Order(StringComparer.Ordinal), method.Result.Select(field => field.Member).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_members_of_notifications_are_described()
    {
        Type[] types = [typeof(DidChangeParams), typeof(WatchCancelledParams), typeof(SourceStateParams), typeof(BreakerChangedParams), typeof(HealthChangedParams)];
        Assert.Equal(
            types.Select(type => string.Join(',', Members(type))),
            ApiDescription.Notifications.Select(method => string.Join(',', method.Parameters.Select(field => field.Member))));
        foreach (ApiMethod notification in ApiDescription.Notifications)
            AssertDescribed(JsonNode.Parse(notification.ExampleParams), notification.Parameters, notification.Name);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task The_example_works_and_its_answer_has_the_described_members(string name)
    {
        ApiMethod method = Find(name);
        AssertDescribed(JsonNode.Parse(method.ExampleResult!), method.Result, name);
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        if (name == "configlsp/restore")
            await client.RequestAsync("configlsp/update", JsonNode.Parse("""{"key":"maxAgents","value":6}"""));
        JsonNode parameters = JsonNode.Parse(method.ExampleParams)!;
        if (name == "configlsp/unwatch")
            parameters["watchId"] = (await client.RequestAsync("configlsp/watch", new JsonObject()))!["watchId"]!.DeepClone();
        AssertDescribed(await client.RequestAsync(name, parameters), method.Result, name);
    }

    private static void AssertDescribed(JsonNode? value, IEnumerable<ApiField> fields, string name)
    {
        if (value is null)
        {
            Assert.True(!fields.Any(), $"{name} has a result.");
            return;
        }

        string[] members = [.. value.AsObject().Select(member => member.Key)];
        Assert.Empty(members.Except(fields.Select(field => field.Member), StringComparer.Ordinal));
        Assert.Empty(fields.Where(field => !field.IsOptional).Select(field => field.Member).Except(members, StringComparer.Ordinal));
    }

    private static ApiMethod Find(string name) => ApiDescription.Methods.Single(method => method.Name == name);

    /// <summary>The types that a method is registered with: that of its parameters first, that of its result last.</summary>
    private static Type[] RegisteredTypes(string name)
    {
        var instance = new ServerInstance(TimeProvider.System);
        using var log = new ServerLog(new LogOptions { Service = "serve", Enabled = false }, instance.Id, instance.Time);
        var handlers = new RpcHandlers();
        new ServiceApi(new ApiContext
        {
            Instance = instance,
            Log = log,
            Health = new HealthReporter(instance),
            Hub = new NotificationHub(),
            Host = () => throw new InvalidOperationException("Nothing is served."),
            Actor = () => "test",
        }).Register(handlers);
        Assert.True(handlers.TryFind(name, out MethodHandler? handler), $"{name} is not registered.");
        return handler!.GetType().GenericTypeArguments;
    }

    private static string[] Members(Type type) => [.. Properties(type).Select(property => property.Name)];

    private static IEnumerable<string> Required(Type type) =>
        Properties(type).Where(property => property.IsRequired).Select(property => property.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<JsonPropertyInfo> Properties(Type type) =>
        ((JsonSerializerOptions)ApiJsonContext.Default.Options).TypeInfoResolver!.GetTypeInfo(type, ApiJsonContext.Default.Options)?.Properties
            .Where(property => property.Get is not null || property.Set is not null) ?? [];
}
