using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Sources.Http;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Testing.Http;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Configuration.Tests.Sources;

public sealed class HttpSourceTests : IAsyncDisposable
{
    private static readonly HttpSourceOptions Local = new() { AllowPrivateAddresses = true };

    private readonly FakeTimeProvider _clock = new();
    private readonly FaultServer _server = new();
    private readonly List<IDisposable> _created = [];

    public async ValueTask DisposeAsync()
    {
        _created.ForEach(c => c.Dispose());
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_document_is_read()
    {
        _server.Respond("/a?token=x", FaultResponses.Conditional("""{"maxAgents": 5}""", tag: "\"v1\""));
        var source = Create("/a?token=x#f");
        var content = await Load(source);
        Assert.Equal("""{"maxAgents": 5}""", content.Tree.Text.ToString());
        Assert.Equal(("\"v1\"", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("""{"maxAgents": 5}"""u8))), (content.Validator, content.Hash));
        Assert.Equal((SourceType.Http, null, _server.At("/a")), (source.Type, source.WritablePath, source.Location));
        var request = await _server.NextRequestAsync();
        Assert.Equal("/a?token=x", request.Path);
        Assert.DoesNotContain(request.Headers.Keys, k => k.StartsWith("If-", StringComparison.OrdinalIgnoreCase) || k is "Authorization" or "Cookie" or "traceparent");
    }

    [Theory]
    [InlineData("\"v1\"", null, "If-None-Match")]
    [InlineData("W/\"v1\"", null, "If-None-Match")]
    [InlineData(null, "Mon, 01 Jan 2029 00:00:00 GMT", "If-Modified-Since")]
    public async Task What_has_not_changed_is_not_sent_again(string? tag, string? lastModified, string header)
    {
        _server.Respond("/a", FaultResponses.Conditional("{}", tag, lastModified));
        var source = Create("/a");
        var content = await Load(source);
        await _server.NextRequestAsync();
        Assert.Same(content, await Load(source, content));
        Assert.Equal(tag ?? lastModified, (await _server.NextRequestAsync()).Headers[header]);

        // Whoever has lost the content gets it in full.
        Assert.NotSame(content, await Load(source));
        Assert.DoesNotContain(header, (await _server.NextRequestAsync()).Headers.Keys);

        _server.Respond("/a", FaultResponses.Conditional("""{"a": 1}""", "\"v2\""));
        Assert.Equal("""{"a": 1}""", (await Load(source, content)).Tree.Text.ToString());
    }

    [Fact]
    public async Task The_same_bytes_are_not_parsed_again()
    {
        _server.Respond("/a", FaultResponses.Conditional("{}", "\"v1\""));
        var source = Create("/a");
        var content = await Load(source);
        _server.Respond("/a", FaultResponses.Conditional("{}", "\"v2\""));
        var again = await Load(source, content);
        Assert.Same(content.Tree, again.Tree);
        Assert.Equal("\"v2\"", again.Validator);
        Assert.Same(again, await Load(source, again));
    }

    [Fact]
    public async Task A_validator_is_sent_to_the_address_that_gave_it_and_to_no_other()
    {
        _server.Respond("/a", FaultResponses.Redirect("/b"));
        _server.Respond("/b", FaultResponses.Conditional("{}", "\"v1\""));
        _server.Respond("/c", FaultResponses.Conditional("{}", "\"v1\""));
        var source = Create("/a");
        var content = await Load(source);
        Assert.Same(content, await Load(source, content));
        _server.Respond("/a", FaultResponses.Redirect("/c"));
        await Load(source, content);
        string?[] sent = [null, null, null, "\"v1\"", null, null];
        foreach (var expected in sent)
        {
            Assert.Equal(expected, (await _server.NextRequestAsync()).Headers.GetValueOrDefault("If-None-Match"));
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Compressed_documents_are_read(string encoding)
    {
        _server.Respond("/a", FaultResponses.Compressed(encoding, """{"a": 1}"""));
        Assert.Equal("""{"a": 1}""", (await Load(Create("/a"))).Tree.Text.ToString());
    }

    [Theory]
    [InlineData("application/json", null, true)]
    [InlineData("Application/JSON; charset=\"UTF-8\"", null, true)]
    [InlineData("application/vnd.app+json", null, true)]
    [InlineData("text/json; charset=us-ascii", null, true)]
    [InlineData("application/jsonc", null, true)]
    [InlineData("text/plain", "json", true)]
    [InlineData("text/plain;charset=utf-8", "jsonc", true)]
    [InlineData(null, "json", true)]
    [InlineData(null, null, false)]
    [InlineData("text/plain", null, false)]
    [InlineData("text/html", "json", false)]
    [InlineData("application/octet-stream", "json", false)]
    [InlineData("application/json; charset=utf-16", null, false)]
    [InlineData("application/json; charset=iso-8859-1", "json", false)]
    [InlineData("rubbish", "json", false)]
    public async Task The_server_must_say_that_it_is_json_in_utf_8(string? contentType, string? format, bool expected)
    {
        _server.Respond("/a", FaultResponses.Ok("{}", contentType));
        var reading = await Create("/a", Local with { Format = format }).LoadAsync(null, default);
        if (expected)
        {
            Assert.IsType<SourceReading.Loaded>(reading);
        }
        else
        {
            AssertFailed(reading, ServiceErrors.SourceInvalid, isTransient: false);
        }
    }

    [Theory]
    [InlineData("", null, "is no JSON object")]
    [InlineData("[]", null, "is no JSON object")]
    [InlineData("""{"a": "secret value""", null, "has a syntax error in line 1, column")]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2\n}", null, "has a syntax error in line 2, column")]
    [InlineData("<html>", null, "has a syntax error in line 1, column 1.")]
    [InlineData("{} // c", "json", "has a comment, though its `format` is `json`, in line 1, column 4.")]
    [InlineData("{\"a\": 1,}", "json", "has a trailing comma, though its `format` is `json`, in line 1, column 8.")]
    public async Task What_is_no_settings_document_is_refused(string body, string? format, string message)
    {
        _server.Respond("/a?secret", FaultResponses.Ok(body));
        var failed = AssertFailed(await Create("/a?secret", Local with { Format = format }).LoadAsync(null, default), ServiceErrors.SourceInvalid, isTransient: false);
        Assert.StartsWith($"The source `remote` {message}", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf_8_are_refused()
    {
        _server.Respond("/a", FaultResponses.Ok([.. "{\"a\": \""u8, 0xFF, .. "\"}"u8]));
        AssertFailed(await Create("/a").LoadAsync(null, default), ServiceErrors.SourceInvalid, isTransient: false);
    }

    [Theory]
    [InlineData("{} // c", null)]
    [InlineData("{\"a\": 1,}", "jsonc")]
    [InlineData("\uFEFF{}", "json")]
    public async Task Comments_and_trailing_commas_are_read_unless_the_format_is_json(string body, string? format)
    {
        _server.Respond("/a", FaultResponses.Ok(body));
        await Load(Create("/a", Local with { Format = format }));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_document_that_is_not_there_is_missing(int status)
    {
        _server.Respond("/a", FaultResponses.Status(status));
        Assert.IsType<SourceReading.Missing>(await Create("/a").LoadAsync(null, default));
    }

    [Theory]
    [InlineData(401, "PermissionDenied", false)]
    [InlineData(403, "PermissionDenied", false)]
    [InlineData(400, "Unavailable", false)]
    [InlineData(204, "Unavailable", false)]
    [InlineData(206, "Unavailable", false)]
    [InlineData(300, "Unavailable", false)]
    [InlineData(304, "Unavailable", false)]
    [InlineData(418, "Unavailable", false)]
    [InlineData(408, "Unavailable", true)]
    [InlineData(429, "Unavailable", true)]
    [InlineData(500, "Unavailable", true)]
    [InlineData(503, "Unavailable", true)]
    public async Task A_status_says_whether_to_try_again(int status, string error, bool isTransient)
    {
        _server.Respond("/a", FaultResponses.Status(status));
        AssertFailed(await Create("/a").LoadAsync(null, default), ServiceErrors.All.Single(e => e.Name == error), isTransient);
    }

    [Fact]
    public async Task A_304_to_a_request_without_a_validator_is_no_content()
    {
        _server.Respond("/a", FaultResponses.Ok("{}"));
        var source = Create("/a");
        var content = await Load(source);
        _server.Respond("/a", FaultResponses.Status(304));
        AssertFailed(await source.LoadAsync(content, default), ServiceErrors.Unavailable, isTransient: false);
    }

    [Theory]
    [InlineData("120", 120.0)]
    [InlineData("0", 0.0)]
    [InlineData("Tue, 01 Jan 2030 00:01:30 GMT", 90.0)]
    [InlineData("Mon, 01 Jan 2029 00:00:00 GMT", 0.0)]
    [InlineData("99999999", 86400.0)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    public async Task Retry_After_is_handed_on_in_both_its_forms(string value, double? seconds)
    {
        _server.Respond("/a", FaultResponses.Status(503, $"Retry-After: {value}"));
        var failed = AssertFailed(await Create("/a").LoadAsync(null, default), ServiceErrors.Unavailable, isTransient: true);
        Assert.Equal(seconds, failed.RetryAfter?.TotalSeconds);
    }

    public static TheoryData<string, bool, string> BrokenAnswers => new()
    {
        { "reset in headers", true, "Unavailable" },
        { "reset in body", true, "Unavailable" },
        { "truncated", true, "Unavailable" },
        { "truncated chunks", true, "Unavailable" },
        { "garbage", true, "Unavailable" },
        { "damaged gzip", true, "Unavailable" },
        { "huge", false, "LimitExceeded" },
        { "endless", false, "LimitExceeded" },
        { "endless headers", false, "LimitExceeded" },
        { "bomb of gzip", false, "LimitExceeded" },
        { "bomb of deflate", false, "LimitExceeded" },
        { "bomb of br", false, "LimitExceeded" },
        { "unknown encoding", false, "SourceInvalid" },
        { "encoded twice", false, "SourceInvalid" },
    };

    [Theory]
    [MemberData(nameof(BrokenAnswers))]
    public async Task Broken_answers_are_failures_with_a_name(string fault, bool isTransient, string error)
    {
        _server.Respond("/a", fault switch
        {
            "reset in headers" => FaultResponses.ResetInHeaders(),
            "reset in body" => FaultResponses.ResetInBody(),
            "truncated" => FaultResponses.Truncated(),
            "truncated chunks" => FaultResponses.Truncated(isChunked: true),
            "garbage" => FaultResponses.Garbage(),
            "damaged gzip" => FaultResponses.Ok("{}", headers: "Content-Encoding: gzip"),
            "huge" => FaultResponses.Huge((4 * 1024 * 1024) + 1),
            "endless" => FaultResponses.Endless(),
            "endless headers" => FaultResponses.EndlessHeaders(),
            "unknown encoding" => FaultResponses.Ok("{}", headers: "Content-Encoding: zstd"),
            "encoded twice" => FaultResponses.Ok("{}", headers: "Content-Encoding: br, identity, x-own"),
            _ => FaultResponses.Bomb(fault["bomb of ".Length..], mebibytes: 64),
        });
        AssertFailed(await Create("/a").LoadAsync(null, default), ServiceErrors.All.Single(e => e.Name == error), isTransient);
    }

    [Fact]
    public async Task The_largest_permitted_document_is_read()
    {
        _server.Respond("/a", FaultResponses.Huge(1000));
        Assert.Equal(1000, (await Load(Create("/a", Local with { MaxBytes = 1000 }))).Tree.Text.Length);
        AssertFailed(await Create("/a", Local with { MaxBytes = 999 }).LoadAsync(null, default), ServiceErrors.LimitExceeded, isTransient: false);
        _server.Respond("/a", FaultResponses.Compressed("gzip", "{}" + new string(' ', 998)));
        Assert.Equal(1000, (await Load(Create("/a", Local with { MaxBytes = 1000 }))).Tree.Text.Length);
        AssertFailed(await Create("/a", Local with { MaxBytes = 999 }).LoadAsync(null, default), ServiceErrors.LimitExceeded, isTransient: false);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_slow_server_is_cut_by_the_time_out_of_the_attempt(bool inHeaders)
    {
        _server.Respond("/a", inHeaders ? FaultResponses.SlowHeaders() : FaultResponses.SlowBody());
        var source = Create("/a");
        using var pipeline = new SourcePipeline("remote", ResilienceOptions.Default, _clock);
        var load = pipeline.LoadAsync(token => source.LoadAsync(null, token), AttemptMode.Single, default).AsTask();
        await _server.NextRequestAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));
        AssertFailed(await load, ServiceErrors.Timeout, isTransient: true);
        Assert.Equal(1, pipeline.Breaker.Snapshot.ConsecutiveFailures);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_again()
    {
        var address = _server.At("/a");
        await _server.DisposeAsync();
        using var source = new HttpSource("remote", address, Local, _clock);
        var failed = AssertFailed(await source.LoadAsync(null, default), ServiceErrors.Unavailable, isTransient: true);
        Assert.Equal("The source `remote` refuses the connection.", failed.Message);
    }

    [Fact]
    public async Task A_certificate_must_be_valid()
    {
        await using var secure = new FaultServer(useTls: true);
        secure.Respond("/a", FaultResponses.Ok("{}"));
        using var strict = new HttpSource("remote", secure.At("/a"), Local, _clock);
        AssertFailed(await strict.LoadAsync(null, default), ServiceErrors.Unavailable, isTransient: false);
        using var lax = new HttpSource("remote", secure.At("/a"), Local with { VerifyCertificates = false }, _clock);
        await Load(lax);
    }

    [Theory]
    [InlineData("ftp://example.org/a")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://me:pass@example.org/a")]
    [InlineData("https://me@example.org/a")]
    [InlineData("/a")]
    [InlineData("https://")]
    [InlineData("")]
    public async Task An_address_that_cannot_be_used_is_said_to_be_so(string address)
    {
        using var source = new HttpSource("remote", address, Local, _clock);
        var failed = AssertFailed(await source.LoadAsync(null, default), ServiceErrors.SourceInvalid, isTransient: false);
        Assert.Contains("URL", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass@", failed.Message + source.Location, StringComparison.Ordinal);
    }

    [Fact]
    public void It_asks_for_a_look_at_each_interval()
    {
        var looks = 0;
        var source = Create("/a", Local with { RefreshInterval = TimeSpan.FromSeconds(100) });
        source.Watch(() => looks++);
        _clock.Advance(TimeSpan.FromSeconds(89));
        Assert.Equal(0, looks);
        _clock.Advance(TimeSpan.FromSeconds(22));
        Assert.Equal(1, looks);
        _clock.Advance(TimeSpan.FromSeconds(111));
        Assert.Equal(2, looks);
        source.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(1000));
        Assert.Equal(2, looks);
    }

    [Fact]
    public async Task A_proxy_gets_every_request_and_is_no_way_around_the_rules()
    {
        _server.Respond("http://config.example.org/a", FaultResponses.Ok("{}"));
        _server.Respond("http://config.example.org/b", FaultResponses.Redirect("http://127.0.0.1/private"));
        var options = new HttpSourceOptions { Proxy = new Uri(_server.At("/")) };
        using var source = new HttpSource("remote", "http://config.example.org/a", options, _clock);
        await Load(source);
        Assert.Equal("http://config.example.org/a", (await _server.NextRequestAsync()).Path);

        foreach (var address in (string[])["http://config.example.org/b", "http://10.0.0.1/", "http://localhost/", "http://api.localhost./", "http://intranet/", "http://[::1]/", "http://2130706433/"])
        {
            using var refused = new HttpSource("remote", address, options, _clock);
            AssertFailed(await refused.LoadAsync(null, default), ServiceErrors.SourceInvalid, isTransient: false);
        }

        Assert.Equal(1, _server.UnseenRequests);
    }

    [Fact]
    public async Task Cancellation_comes_out()
    {
        _server.Respond("/a", FaultResponses.SlowBody());
        using var caller = new CancellationTokenSource();
        var load = Create("/a").LoadAsync(null, caller.Token).AsTask();
        await _server.NextRequestAsync();
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
    }

    private static ServiceError AssertFailed(SourceReading reading, ErrorDescriptor descriptor, bool isTransient)
    {
        var failed = Assert.IsType<SourceReading.Failed>(reading);
        Assert.Equal((descriptor.Name, isTransient, "remote"), (failed.Error.Descriptor.Name, failed.IsTransient, failed.Error.Source));
        Assert.DoesNotContain("127.0.0.1", failed.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed.Error.Message, StringComparison.Ordinal);
        return failed.Error;
    }

    private static async Task<SourceContent> Load(HttpSource source, SourceContent? previous = null) =>
        Assert.IsType<SourceReading.Loaded>(await source.LoadAsync(previous, default)).Content;

    private HttpSource Create(string path, HttpSourceOptions? options = null)
    {
        var source = new HttpSource("remote", _server.At(path), options ?? Local, _clock);
        _created.Add(source);
        return source;
    }
}
