using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Http;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing.Files;
using TemporaryFolder = ConfigLsp.Testing.TemporaryFolder;
using ConfigLsp.Testing.Http;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Configuration.Tests.Schemas.Downloading;

/// <summary>Schemas over HTTP, as documents get them. Each store stands for a process; the folder of copies outlives them.</summary>
public sealed class SchemaDownloadTests : IAsyncDisposable
{
    private const string Numbers = """{"properties": {"a": {"type": "number"}}}""";
    private static readonly DocumentUri Document = DocumentUri.Parse("file:///w/settings.json");

    private readonly FakeTimeProvider _clock = new();
    private readonly FaultServer _server = new();
    private readonly TemporaryFolder _folder = new();
    private readonly List<SchemaStore> _stores = [];
    private readonly System.Threading.Channels.Channel<string> _changed = System.Threading.Channels.Channel.CreateUnbounded<string>();

    public async ValueTask DisposeAsync()
    {
        _stores.ForEach(s => s.Dispose());
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_schema_is_downloaded_once_and_serves_from_then_on_also_a_new_process_without_network()
    {
        _server.Respond("/s.json", FaultResponses.Ok(Numbers));
        var first = await Get(Start(), "/s.json");
        Assert.False(IsValid("""{"a": "x"}""", first));
        Assert.Equal(SchemaOriginKind.Download, Loaded(_stores[^1]).Origin!.Kind);
        await _server.NextRequestAsync();

        _server.Respond("/s.json", FaultResponses.ResetInHeaders());
        foreach (var later in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromDays(400)])
        {
            _clock.Advance(later);
            var store = Start();
            var lookup = await Get(store, "/s.json");
            Assert.Empty(lookup.Problems);
            Assert.False(IsValid("""{"a": "x"}""", lookup));
            Assert.Equal((SchemaOriginKind.Cache, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)), (Loaded(store).Origin!.Kind, Loaded(store).Origin!.FetchedAt));
        }

        await _server.NextRequestAsync();
        Assert.Equal(0, _server.UnseenRequests);
    }

    [Fact]
    public async Task An_old_copy_serves_at_once_and_the_news_are_announced()
    {
        _server.Respond("/s.json", FaultResponses.Conditional(Numbers, "\"v1\""));
        await Get(Start(), "/s.json");
        await _server.NextRequestAsync();
        _server.Respond("/s.json", FaultResponses.Conditional("""{"required": ["b"]}""", "\"v2\""));
        _clock.Advance(TimeSpan.FromDays(2));

        var store = Start();
        Assert.False(IsValid("""{"a": "x"}""", await Get(store, "/s.json")));
        Assert.Equal("\"v1\"", (await _server.NextRequestAsync()).Headers["If-None-Match"]);
        Assert.Equal(Document.Text, await NextChange());
        Assert.False(IsValid("{}", await Get(store, "/s.json")));
        Assert.Equal(0, _server.UnseenRequests);
    }

    [Theory]
    [InlineData("\"v1\"", null, "If-None-Match")]
    [InlineData(null, "Mon, 01 Jan 2029 00:00:00 GMT", "If-Modified-Since")]
    public async Task A_copy_that_still_holds_is_new_again_and_nobody_is_told(string? tag, string? lastModified, string header)
    {
        _server.Respond("/s.json", FaultResponses.Conditional(Numbers, tag, lastModified));
        await Get(Start(), "/s.json");
        await _server.NextRequestAsync();
        _clock.Advance(TimeSpan.FromDays(2));
        var waiting = Start(o => o with { RevalidationWait = TimeSpan.FromSeconds(5) });
        await Get(waiting, "/s.json");
        Assert.Equal(tag ?? lastModified, (await _server.NextRequestAsync()).Headers[header]);
        Assert.Equal(_clock.GetUtcNow(), Loaded(waiting).Origin!.CheckedAt);

        await Get(Start(), "/s.json");
        Assert.Equal(0, _server.UnseenRequests);
        Assert.False(_changed.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Who_can_wait_gets_the_news_at_once()
    {
        _server.Respond("/s.json", FaultResponses.Ok(Numbers));
        await Get(Start(), "/s.json");
        _server.Respond("/s.json", FaultResponses.Ok("false"));
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.False(IsValid("{}", await Get(Start(o => o with { RevalidationWait = TimeSpan.FromSeconds(5) }), "/s.json")));
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "reset", "broke the connection" },
        { "truncated", "broke the connection" },
        { "huge", "has more than 33,554,432 bytes" },
        { "bomb", "has more than 33,554,432 bytes" },
        { "html", "is a page for people" },
        { "no schema", "is not a schema: Line 1" },
        { "array", "is not a schema: It is not a JSON Schema" },
        { "utf-16", "is not in UTF-8" },
        { "missing", "is not there: the server answers with status 404" },
        { "forbidden", "may not be read" },
        { "elsewhere", "redirects to http://elsewhere.example, which is not among" },
        { "garbage", "does not answer as HTTP demands" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_goes_wrong_is_said_once_with_what_to_do_and_displaces_no_copy(string fault, string reason)
    {
        _server.Respond("/s.json", FaultResponses.Ok(Numbers));
        await Get(Start(), "/s.json");
        var response = fault switch
        {
            "reset" => FaultResponses.ResetInBody(),
            "truncated" => FaultResponses.Truncated(),
            "huge" => FaultResponses.Huge((32 * 1024 * 1024) + 1),
            "bomb" => FaultResponses.Bomb("gzip", mebibytes: 64),
            "html" => FaultResponses.Ok("<html>Please log in</html>", "text/html"),
            "no schema" => FaultResponses.Ok("Please log in", "text/plain"),
            "array" => FaultResponses.Ok("[]"),
            "utf-16" => FaultResponses.Ok(Numbers, "application/json; charset=utf-16"),
            "missing" => FaultResponses.Status(404),
            "forbidden" => FaultResponses.Status(403),
            "elsewhere" => FaultResponses.Redirect("http://elsewhere.example/s.json"),
            _ => FaultResponses.Garbage(),
        };
        _server.Respond("/s.json", response);
        _server.Respond("/other.json", response);
        var store = Start(o => o with { RevalidationWait = TimeSpan.FromSeconds(30) });
        var problem = Assert.Single((await Get(store, "/other.json")).Problems);
        Assert.Contains($"127.0.0.1 was asked, but the schema {reason}", problem.Reason, StringComparison.Ordinal);
        Assert.Matches(@"[^.]\. [A-Z].*[^.]\.$", problem.Reason);

        _clock.Advance(TimeSpan.FromDays(2));
        var lookup = await Get(store, "/s.json");
        Assert.Empty(lookup.Problems);
        Assert.False(IsValid("""{"a": "x"}""", lookup));
        Assert.NotNull(Loaded(store).Origin!.Note);
    }

    [Theory]
    [InlineData("headers")]
    [InlineData("body")]
    public async Task A_server_that_is_slow_is_given_up(string where)
    {
        _server.Respond("/s.json", where == "headers" ? FaultResponses.SlowHeaders() : FaultResponses.SlowBody());
        var store = Start();
        var lookup = Get(store, "/s.json");
        await _server.NextRequestAsync();
        await _clock.WaitForTimerInAsync(TimeSpan.FromSeconds(20));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.True((await lookup).IsPending);
        await NextChange();
        Assert.Contains("did not arrive within 20 s", Assert.Single((await Get(store, "/s.json")).Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_tried_again_by_itself_less_and_less_often_until_it_works()
    {
        _server.Respond("/s.json", FaultResponses.Status(404));
        var store = Start();
        Assert.Single((await Get(store, "/s.json")).Problems);
        await _server.NextRequestAsync();
        foreach (var pause in (int[])[30, 60, 120])
        {
            await _clock.WaitForTimerInAsync(TimeSpan.FromSeconds(pause));
            // Asking does not make it faster.
            _clock.Advance(TimeSpan.FromSeconds(pause - 1));
            Assert.Single((await Get(store, "/s.json")).Problems);
            Assert.Equal(0, _server.UnseenRequests);
            _clock.Advance(TimeSpan.FromSeconds(1));
            await _server.NextRequestAsync();
        }

        await _clock.WaitForTimerInAsync(TimeSpan.FromSeconds(240));
        Assert.False(_changed.Reader.TryRead(out _));
        _server.Respond("/s.json", FaultResponses.Ok(Numbers));
        _clock.Advance(TimeSpan.FromSeconds(240));
        Assert.Equal(Document.Text, await NextChange());
        var lookup = await Get(store, "/s.json");
        Assert.Empty(lookup.Problems);
        Assert.False(IsValid("""{"a": "x"}""", lookup));
    }

    [Fact]
    public async Task A_wall_clock_that_is_set_makes_no_attempt_earlier()
    {
        _server.Respond("/s.json", FaultResponses.Status(503));
        var store = Start();
        await Get(store, "/s.json");
        await _server.NextRequestAsync();
        _clock.SetWallClock(TimeSpan.FromDays(1));
        await Get(store, "/s.json");
        Assert.Equal(0, _server.UnseenRequests);
    }

    [Fact]
    public async Task Retry_After_is_kept_to()
    {
        _server.Respond("/s.json", FaultResponses.Status(429, "Retry-After: 3000"));
        var store = Start();
        await Get(store, "/s.json");
        await _clock.WaitForTimerInAsync(TimeSpan.FromSeconds(3000));
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "disabled", "`json.schemaDownload.enable`" },
        { "offline", "`--offline`" },
        { "untrusted workspace", "The workspace is not trusted" },
        { "untrusted host", "json.schemaDownload.trustedDomains" },
        { "denied host", "refuses http://127.0.0.1" },
        { "private address", "configlsp.http.allowPrivateAddresses" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Without_permission_nothing_is_asked_and_the_reason_says_which_setting_helps(string what, string reason)
    {
        _server.Respond("/s.json", FaultResponses.Ok(Numbers));
        var store = Start();
        Restrict(store, what);
        Assert.Contains(reason, Assert.Single((await Get(store, "/s.json")).Problems).Reason, StringComparison.Ordinal);
        Assert.Equal(0, _server.UnseenRequests);

        Allow(store);
        Assert.Equal(Document.Text, await NextChange());
        Assert.Empty((await Get(store, "/s.json")).Problems);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_copy_from_before_serves_all_the_same_unless_the_host_is_refused_outright(string what, string reason)
    {
        _server.Respond("/s.json", FaultResponses.Ok(Numbers));
        await Get(Start(), "/s.json");
        await _server.NextRequestAsync();
        _clock.Advance(TimeSpan.FromDays(2));
        var store = Start();
        Restrict(store, what);
        var lookup = await Get(store, "/s.json");
        Assert.Equal(what == "denied host", lookup.Problems.Any(p => p.Reason.Contains(reason, StringComparison.Ordinal)));
        Assert.Equal(what == "denied host", lookup.Schema is null);
        Assert.Equal(0, _server.UnseenRequests);
    }

    [Fact]
    public async Task A_reference_within_the_origin_inherits_its_trust_and_one_beside_it_does_not()
    {
        _server.Respond("/trusted/s.json", FaultResponses.Ok("""{"properties": {"a": {"$ref": "../other/t.json"}}}"""));
        _server.Respond("/other/t.json", FaultResponses.Ok("""{"type": "number"}"""));
        var store = Start();
        store.SetDownloads(Settings("/trusted/"));
        var lookup = await Get(store, "/trusted/s.json");
        Assert.Empty(lookup.Problems);
        Assert.False(IsValid("""{"a": "x"}""", lookup));

        await using var second = new FaultServer();
        second.Respond("/u.json", FaultResponses.Ok("true"));
        _server.Respond("/trusted/far.json", FaultResponses.Ok($$"""{"properties": {"a": {"$ref": "{{second.At("/u.json")}}"}, "b": {"type": "number"} } }"""));
        var far = await Get(store, "/trusted/far.json");
        Assert.Equal(second.At("/u.json"), Assert.Single(far.Problems).Uri);
        Assert.Equal(0, second.UnseenRequests);
        Assert.True(IsValid("""{"a": "x"}""", far));
        Assert.False(IsValid("""{"b": "x"}""", far));
    }

    [Fact]
    public async Task References_to_a_host_that_is_not_trusted_are_one_finding()
    {
        _server.Respond("/s.json", FaultResponses.Ok("""{"allOf": [{"$ref": "http://a.example/1"}, {"$ref": "http://a.example/2"}, {"$ref": "http://b.example/1"}]}"""));
        var lookup = await Get(Start(), "/s.json");
        Assert.Equal([("http://a.example/1", 1), ("http://b.example/1", 0)], lookup.Problems.Select(p => (p.Uri, p.More)));
        Assert.Contains(
            "refers to http://a.example/1 and 1 more, which could not be loaded: http://a.example is not among",
            lookup.Problems[0].ToDiagnostic(Parse("{}")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_had_by_inherited_trust_is_not_given_to_who_names_it_alone()
    {
        var fresh = new SchemaDownloadOptions { Settings = Settings("/trusted/") };
        _server.Respond("/trusted/s.json", FaultResponses.Ok("""{"$ref": "/other/t.json"}"""));
        _server.Respond("/other/t.json", FaultResponses.Ok("false"));
        var store = Start(_ => fresh);
        Assert.Empty((await Get(store, "/trusted/s.json")).Problems);
        Assert.Single((await Get(store, "/other/t.json")).Problems);
        Assert.False(IsValid("1", await Get(store, "/trusted/s.json")));
    }

    [Fact]
    public async Task An_http_address_whose_https_one_is_trusted_is_fetched_by_https()
    {
        var permission = new DownloadPermission(new SchemaDownloadSettings(), IsWorkspaceTrusted: true);
        Assert.Equal("https://json.schemastore.org/package", permission.Upgrade(new Uri("http://json.schemastore.org/package")).AbsoluteUri);
        Assert.Equal("http://other.example/package", permission.Upgrade(new Uri("http://other.example/package")).AbsoluteUri);
        Assert.Null(permission.FindRefusal(permission.Upgrade(new Uri("http://json.schemastore.org/package"))));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_redirect_is_followed_on_its_own_host_or_to_a_trusted_address()
    {
        await using var second = new FaultServer();
        second.Respond("/t.json", FaultResponses.Ok("false"));
        _server.Respond("/near.json", FaultResponses.Redirect("/s.json"));
        _server.Respond("/s.json", FaultResponses.Ok("false"));
        _server.Respond("/far.json", FaultResponses.Redirect(second.At("/t.json")));
        var store = Start();
        Assert.Empty((await Get(store, "/near.json")).Problems);
        Assert.Single((await Get(store, "/far.json")).Problems);
        store.SetDownloads(Settings("/") with { Trusted = Settings("/").Trusted.With([second.At("/")]) });
        Assert.Empty((await Get(store, "/far.json")).Problems);
    }

    [Fact]
    public async Task Settings_that_change_leave_what_is_loaded_alone()
    {
        _server.Respond("/s.json", FaultResponses.Ok(Numbers));
        var store = Start();
        var before = await Get(store, "/s.json");
        store.SetDownloads(Settings("/") with { Http = new HttpAccess { AllowPrivateAddresses = true, Proxy = new Uri("http://proxy.example") } });
        Assert.False(_changed.Reader.TryRead(out _));
        Assert.Same(before.Schema, (await Get(store, "/s.json")).Schema);
    }

    [Fact]
    public async Task A_document_that_the_client_knows_to_have_changed_is_asked_for_again_though_its_copy_is_new()
    {
        _server.Respond("/s.json", FaultResponses.Ok("true"));
        var store = Start();
        await Get(store, "/s.json");
        _server.Respond("/s.json", FaultResponses.Ok("false"));
        store.Invalidate(DocumentUri.Parse(_server.At("/s.json")));
        Assert.Equal(Document.Text, await NextChange());
        await Get(store, "/s.json");
        Assert.Equal(Document.Text, await NextChange());
        Assert.False(IsValid("{}", await Get(store, "/s.json")));
    }

    [Fact]
    public async Task An_address_that_the_person_names_needs_no_other_trust()
    {
        _server.Respond("/s.json", FaultResponses.Ok("false"));
        var store = Start();
        store.SetTrust(isTrusted: false);
        store.SetDownloads(Settings("/elsewhere/"));
        var uri = DocumentUri.Parse(_server.At("/s.json"));
        store.AllowAddress(uri);
        Assert.NotNull((await store.GetSchemaByUriAsync(uri.Text, default)).Schema);
    }

    [Theory]
    [InlineData("http://me:secret@127.0.0.1/s.json")]
    [InlineData("http:///s.json")]
    public async Task An_address_that_cannot_be_used_says_so(string address)
    {
        var lookup = await Start().GetSchemaAsync(Document, Parse($$"""{"$schema": "{{address}}"}"""), default);
        Assert.Contains("Correct the address", Assert.Single(lookup.Problems).Reason, StringComparison.Ordinal);
    }

    private static SyntaxTree Parse(string text) => JsonParser.Parse(SourceText.From(text));

    private static bool IsValid(string text, SchemaLookup lookup) => SchemaEvaluator.IsValid(Parse(text), lookup.Schema!, EvaluationOptions.Default);

    private static LoadedSchema Loaded(SchemaStore store) => Assert.Single(store.LoadedSchemas);

    private SchemaDownloadSettings Settings(string path) => new()
    {
        Trusted = TrustedSchemaAddresses.Create([KeyValuePair.Create(_server.At(path), true)]),
        Http = new HttpAccess { AllowPrivateAddresses = true },
    };

    private void Allow(SchemaStore store)
    {
        store.SetTrust(isTrusted: true);
        store.SetDownloads(Settings("/"));
    }

    private void Restrict(SchemaStore store, string what)
    {
        var settings = Settings("/");
        store.SetTrust(what != "untrusted workspace");
        store.SetDownloads(what switch
        {
            "disabled" => settings with { IsEnabled = false },
            "offline" => settings with { IsOffline = true },
            "untrusted host" => settings with { Trusted = TrustedSchemaAddresses.Default },
            "denied host" => settings with { Trusted = TrustedSchemaAddresses.Create([KeyValuePair.Create(_server.At("/"), false)]) },
            "private address" => settings with { Http = new HttpAccess() },
            _ => settings,
        });
    }

    private SchemaStore Start(Func<SchemaDownloadOptions, SchemaDownloadOptions>? configure = null)
    {
        var downloads = new SchemaDownloadOptions { Settings = Settings("/"), Cache = new SchemaCache(new PhysicalFileSystem(), _folder.PathTo("configlsp/schemas")) };
        var store = new SchemaStore(new SchemaStoreOptions(new InMemoryFileSystem(), new SchemaCatalog())
        {
            Time = _clock,
            Downloads = configure?.Invoke(downloads) ?? downloads,
        });
        store.SetTrust(isTrusted: true);
        store.SchemasChanged += (_, e) => e.Documents.ToList().ForEach(d => _changed.Writer.TryWrite(d.Text));
        _stores.Add(store);
        return store;
    }

    private Task<SchemaLookup> Get(SchemaStore store, string path) =>
        store.GetSchemaAsync(Document, Parse($$"""{"$schema": "{{_server.At(path)}}"}"""), default).AsTask();

    private async Task<string> NextChange() => await _changed.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
