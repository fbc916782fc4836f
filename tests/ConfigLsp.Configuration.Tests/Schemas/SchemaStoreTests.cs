using System.Text;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing.Files;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Configuration.Tests.Schemas;

public sealed class SchemaStoreTests : IDisposable
{
    private static readonly DocumentUri Document = DocumentUri.Parse("file:///w/a.json");

    private readonly InMemoryFileSystem _files = new();
    private readonly List<string> _changed = [];
    private SchemaStore _store;

    public SchemaStoreTests() => _store = Create(o => o);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_file_of_the_catalogue_is_checked_by_its_embedded_schema_at_once()
    {
        var task = Get("{}", DocumentUri.Parse("file:///w/.nofx/settings.json"));
        Assert.True(task.IsCompletedSuccessfully);
        var lookup = await task;
        Assert.Empty(lookup.Problems);
        Assert.False(IsValid("""{"maxAgents": 99}""", lookup));
        Assert.True(IsValid("""{"maxAgents": 9}""", lookup));
        Assert.Empty(_files.Reads);
    }

    [Fact]
    public async Task A_file_without_schema_has_none()
    {
        var lookup = await Get("{}");
        Assert.Null(lookup.Schema);
        Assert.Equal(SchemaLevel.None, lookup.Level);
        Assert.Empty(lookup.Problems);
    }

    [Fact]
    public async Task References_are_loaded_through_several_documents_and_circles()
    {
        _files
            .Write("/w/s.json", """{"properties": {"x": {"$ref": "defs/b.json#/definitions/small"}}}""")
            .Write("/w/defs/b.json", """{"definitions": {"small": {"$ref": "c.json"}}}""")
            .Write("/w/defs/c.json", """{"anyOf": [{"maximum": 5}, {"type": "array", "items": {"$ref": "../s.json"}}]}""");
        var lookup = await Get("""{"$schema": "s.json"}""");
        Assert.Empty(lookup.Problems);
        Assert.True(IsValid("""{"x": 5}""", lookup));
        Assert.False(IsValid("""{"x": 6}""", lookup));
        Assert.Equal(["/w/defs/b.json", "/w/defs/c.json", "/w/s.json"], _files.Reads.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_schema_file_is_checked_by_the_meta_schema_that_it_names()
    {
        var lookup = await Get("""{"$schema": "http://json-schema.org/draft-07/schema#"}""");
        Assert.False(IsValid("""{"type": "strnig"}""", lookup));
        Assert.True(IsValid("""{"type": "string"}""", lookup));
    }

    [Fact]
    public async Task A_fragment_selects_a_part_of_a_schema()
    {
        _files.Write("/w/s.json", """{"type": "array", "definitions": {"o": {"type": "object"}}}""");
        Assert.True(IsValid("{}", await Get("""{"$schema": "s.json#/definitions/o"}""")));
        Assert.False(IsValid("{}", await Get("""{"$schema": "s.json"}""")));
    }

    [Fact]
    public async Task A_schema_that_cannot_be_loaded_is_a_problem_at_the_place_that_names_it()
    {
        const string Text = """{"a": 1, "$schema": "missing.json"}""";
        var lookup = await Get(Text);
        Assert.Null(lookup.Schema);
        var problem = Assert.Single(lookup.Problems);
        Assert.Contains("does not exist", problem.Reason, StringComparison.Ordinal);
        var diagnostic = problem.ToDiagnostic(Parse(Text));
        Assert.Equal("schema-not-loaded", diagnostic.Descriptor.Id);
        Assert.Equal("\"missing.json\"", Text[diagnostic.Span.Start..diagnostic.Span.End]);
        Assert.Contains("file:///w/missing.json", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_follows_its_place_while_the_file_is_edited()
    {
        await Get("""{"$schema": "missing.json"}""");
        var lookup = await Get("""{   "$schema": "missing.json"}""");
        Assert.Equal(new TextSpan(15, 14), Assert.Single(lookup.Problems).Origin);
    }

    [Fact]
    public async Task An_unresolvable_reference_disables_only_its_part_and_is_said_once()
    {
        _files.Write("/w/s.json", """{"properties": {"x": {"$ref": "gone.json"}, "y": {"$ref": "gone.json#/a"}, "z": {"type": "string"}}}""");
        var lookup = await Get("""{"$schema": "s.json"}""");
        Assert.Equal("file:///w/gone.json", Assert.Single(lookup.Problems).Uri);
        Assert.Equal("file:///w/s.json", lookup.Problems[0].Referrer);
        Assert.True(IsValid("""{"x": 1, "y": 2}""", lookup));
        Assert.False(IsValid("""{"z": 1}""", lookup));
    }

    [Theory]
    [InlineData("{\n  \"type\": ,\n}", "Line 2")]
    [InlineData("[]", "not a JSON Schema")]
    [InlineData("", "not a JSON Schema")]
    public async Task A_document_that_is_no_schema_says_why(string text, string reason)
    {
        _files.Write("/w/s.json", text);
        Assert.Contains(reason, Assert.Single((await Get("""{"$schema": "s.json"}""")).Problems).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com/s.json", "not downloaded")]
    [InlineData("https://configlsp.dev/schemas/none.json", "no schema of that name")]
    [InlineData("file://server/share/s.json", "other computers")]
    [InlineData("file:////server/share/s.json", "start with one slash")]
    [InlineData("file:///%2Fserver/share/s.json", "start with one slash")]
    [InlineData("file:///%5C%5Cserver/share/s.json", "no backslash")]
    [InlineData("vscode://schemas/x", "'vscode:' URIs")]
    [InlineData("../../../etc/passwd", "not trusted")]
    [InlineData("/dev/zero", "not trusted")]
    [InlineData("file:///proc/self/mem", "not trusted")]
    [InlineData("link/secret.json", "not trusted")]
    [InlineData("../wide/s.json", "not trusted")]
    [InlineData("pipe.json", "not a regular file")]
    [InlineData("circle.json", "symbolic links")]
    [InlineData("utf16.json", "UTF-8")]
    public async Task An_untrusted_workspace_reaches_nothing_outside_and_the_reason_is_said(string schema, string reason)
    {
        _files.AddSpecial("/dev/zero").AddSpecial("/w/pipe.json").Write("/proc/self/mem", "{}").Write("/etc/passwd", "{}").Write("/wide/s.json", "{}")
            .Write("/out/secret.json", "{}").AddLink("/w/link", "/out").AddLink("/w/circle.json", "circle.json").Write("/w/utf16.json", [0xFF, 0xFE, 0x7B, 0]);
        SetFolder(isTrusted: false);
        var lookup = await Get($$"""{"$schema": "{{schema}}"}""");
        Assert.Null(lookup.Schema);
        Assert.Contains(reason, Assert.Single(lookup.Problems).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(_files.Reads, p => !p.StartsWith("/w/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Trust_opens_what_it_closed_and_closes_it_again()
    {
        _files.Write("/shared/s.json", """{"type": "array"}""");
        const string Text = """{"$schema": "../shared/s.json"}""";
        SetFolder(isTrusted: false);
        Assert.Null((await Get(Text)).Schema);
        _store.SetTrust(isTrusted: true);
        Assert.Equal([Document.Text], _changed);
        Assert.False(IsValid("{}", await Get(Text)));
        _store.SetTrust(isTrusted: false);
        Assert.Equal([Document.Text, Document.Text], _changed);
        Assert.Null((await Get(Text)).Schema);
    }

    [Fact]
    public async Task A_file_opened_outside_of_any_folder_finds_the_schema_beside_it()
    {
        _files.Write("/tmp/x/s.json", """{"type": "array"}""").Write("/tmp/other.json", "{}");
        SetFolder(isTrusted: false);
        var document = DocumentUri.Parse("file:///tmp/x/a.json");
        Assert.False(IsValid("{}", await Get("""{"$schema": "s.json"}""", document)));
        Assert.Null((await Get("""{"$schema": "../other.json"}""", document)).Schema);
    }

    [Fact]
    public async Task An_answer_that_still_holds_is_given_again_without_a_task()
    {
        _files.Write("/w/s.json", """{"type": "object"}""");
        var first = await Get("""{"$schema": "s.json", "a": 1}""");
        Assert.Same(first, await _store.GetSchemaAsync(Document, Parse("""{"$schema": "s.json", "a": 12}"""), default));

        var tree = Parse("""{"$schema": "s.json", "a": 123}""");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            await _store.GetSchemaAsync(Document, tree, default);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public async Task Many_documents_that_ask_at_once_share_one_read_and_one_compiled_schema()
    {
        _files.Write("/w/s.json", """{"type": "object", "properties": {"a": {"$ref": "d.json"}}}""").Write("/w/d.json", "true");
        var lookups = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () => await Get("""{"$schema": "s.json"}""", DocumentUri.Parse($"file:///w/{i}.json")))));
        Assert.Single(lookups.Select(l => l.Schema).Distinct());
        Assert.Equal(["/w/d.json", "/w/s.json"], _files.Reads.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_changed_document_is_read_again_and_only_what_depends_on_it()
    {
        _files.Write("/w/one.json", """{"properties": {"x": {"$ref": "common.json"}}}""").Write("/w/common.json", """{"type": "string"}""").Write("/w/two.json", "true");
        var other = DocumentUri.Parse("file:///w/other.json");
        Assert.False(IsValid("""{"x": 1}""", await Get("""{"$schema": "one.json"}""")));
        var untouched = await Get("""{"$schema": "two.json"}""", other);

        _files.Write("/w/common.json", """{"type": "number"}""");
        Assert.True(_store.Invalidate(DocumentUri.Parse("file:///w/co%6Dmon.json")));
        Assert.Equal([Document.Text], _changed);
        Assert.True(IsValid("""{"x": 1}""", await Get("""{"$schema": "one.json"}""")));
        Assert.Same(untouched, await Get("""{"$schema": "two.json"}""", other));
        Assert.Equal(1, _files.Reads.Count(p => p == "/w/one.json"));
        Assert.False(_store.Invalidate(DocumentUri.Parse("file:///w/unrelated.json")));
    }

    [Fact]
    public async Task A_schema_that_was_missing_is_used_when_it_appears()
    {
        Assert.Null((await Get("""{"$schema": "s.json"}""")).Schema);
        _files.Write("/w/s.json", "false");
        Assert.Null((await Get("""{"$schema": "s.json"}""")).Schema);
        Assert.True(_store.Invalidate(DocumentUri.Parse("file:///w/s.json")));
        Assert.NotNull((await Get("""{"$schema": "s.json"}""")).Schema);
    }

    [Fact]
    public async Task A_failure_that_may_pass_is_tried_again_after_a_while()
    {
        using var store = _store = Create(o => o with { RetryInterval = TimeSpan.Zero });
        Assert.Null((await Get("""{"$schema": "s.json"}""")).Schema);
        _files.Write("/w/s.json", "false");
        Assert.NotNull((await Get("""{"$schema": "s.json"}""")).Schema);
    }

    [Fact]
    public async Task A_file_that_appears_beside_another_changes_what_the_catalogue_says_of_it()
    {
        var document = DocumentUri.Parse("file:///w/config/default.json");
        Assert.Null((await Get("{}", document)).Schema);
        _files.Write("/w/config/distribution.json", "{}");
        Assert.True(_store.Invalidate(DocumentUri.Parse("file:///w/config/distribution.json")));
        Assert.Equal([document.Text], _changed);
        Assert.NotNull((await Get("{}", document)).Schema);
    }

    [Fact]
    public async Task New_settings_change_the_documents_that_they_speak_of_and_no_others()
    {
        var other = DocumentUri.Parse("file:///w/.nofx/settings.json");
        await Get("{}");
        var untouched = await Get("{}", other);
        SetClient("""[{"fileMatch": ["a.json"], "schema": {"type": "array"}}]""");
        Assert.Equal([Document.Text], _changed);
        Assert.False(IsValid("{}", await Get("{}")));
        SetClient("""[{"fileMatch": ["a.json"], "schema": {"type": "object"}}]""");
        Assert.Equal([Document.Text, Document.Text], _changed);
        Assert.True(IsValid("{}", await Get("{}")));
        SetClient("""[ {"fileMatch": ["a.json"], "schema": {"type": "object"}} ]""");
        Assert.Equal(2, _changed.Count);
        Assert.Same(untouched, await Get("{}", other));
    }

    [Fact]
    public async Task Schemas_of_one_level_hold_together_each_at_its_place()
    {
        SetClient("""[{"fileMatch": ["a.json"], "schema": {"required": ["x"]}}, {"fileMatch": ["a.json"], "at": "/x/y", "schema": {"type": "number"}}]""");
        var lookup = await Get("{}");
        Assert.Equal(2, lookup.Uris.Length);
        Assert.False(IsValid("{}", lookup));
        Assert.True(IsValid("""{"x": {"y": 1}}""", lookup));
        Assert.False(IsValid("""{"x": {"y": "1"}}""", lookup));
    }

    [Fact]
    public async Task Settings_can_give_a_schema_that_others_refer_to_but_never_replace_an_embedded_one()
    {
        SetClient(
            """
            [
              {"url": "vscode://schemas/shared", "schema": {"type": "string"}},
              {"fileMatch": ["a.json"], "schema": {"properties": {"x": {"$ref": "vscode://schemas/shared"}}}},
              {"url": "https://configlsp.dev/schemas/agent-settings.schema.json", "schema": true}
            ]
            """);
        Assert.False(IsValid("""{"x": 1}""", await Get("{}")));
        Assert.False(IsValid("""{"maxAgents": 99}""", await Get("{}", DocumentUri.Parse("file:///w/.nofx/settings.json"))));
    }

    [Fact]
    public async Task The_client_is_asked_for_what_is_not_handled_here()
    {
        var asked = new List<string>();
        using var store = _store = Create(o => o with
        {
            HandledProtocols = ["file"],
            ReadFromClient = (uri, _) =>
            {
                asked.Add(uri);
                return new(uri.EndsWith("bad", StringComparison.Ordinal) ? SchemaContent.Failure("The client says no.") : new SchemaContent.Loaded(SourceText.From("false")));
            },
        });
        Assert.False(IsValid("{}", await Get("""{"$schema": "https://example.com/s.json"}""")));
        Assert.False(IsValid("{}", await Get("""{"$schema": "vscode://schemas/x#"}""")));
        Assert.Equal("The client says no.", Assert.Single((await Get("""{"$schema": "vscode://bad"}""")).Problems).Reason);
        Assert.NotNull((await Get("""{"$schema": "http://json-schema.org/draft-07/schema#"}""")).Schema);
        Assert.Equal(["https://example.com/s.json", "vscode://schemas/x", "vscode://bad"], asked);
    }

    [Theory]
    [InlineData("https://example.com/s.json")]
    [InlineData("vscode-vfs://github/a/s.json")]
    [InlineData("vscode-userdata:/s.json")]
    [InlineData("untitled:s.json")]
    [InlineData("file:///elsewhere/s.json")]
    [InlineData("file://server/share/s.json")]
    [InlineData("file:///w/link/s.json")]
    public async Task The_client_is_asked_for_nothing_outside_until_the_workspace_is_trusted_and_what_it_gave_goes_with_the_trust(string uri)
    {
        var asked = 0;
        _files.Write("/elsewhere/s.json", "true").AddLink("/w/link", "/elsewhere");
        using var store = _store = Create(o => o with
        {
            HandledProtocols = [],
            ReadFromClient = (_, _) =>
            {
                asked++;
                return new(new SchemaContent.Loaded(SourceText.From("true")));
            },
        });
        SetFolder(isTrusted: false);
        var text = $$"""{"$schema": "{{uri}}"}""";
        Assert.Contains("not trusted", Assert.Single((await Get(text)).Problems).Reason, StringComparison.Ordinal);
        Assert.Equal(0, asked);
        store.SetTrust(isTrusted: true);
        Assert.NotNull((await Get(text)).Schema);
        Assert.Equal(1, asked);
        _changed.Clear();
        store.SetTrust(isTrusted: false);
        Assert.Equal([Document.Text], _changed);
        Assert.Null((await Get(text)).Schema);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Without_trust_the_client_is_still_asked_for_files_of_the_workspace()
    {
        using var store = _store = Create(o => o with { HandledProtocols = [], ReadFromClient = (_, _) => new(new SchemaContent.Loaded(SourceText.From("true"))) });
        _files.Write("/w/s.json", "false");
        SetFolder(isTrusted: false);
        Assert.True(IsValid("{}", await Get("""{"$schema": "s.json"}""")));
    }

    [Fact]
    public async Task An_answer_that_is_on_its_way_when_trust_is_taken_back_is_not_used()
    {
        var content = new TaskCompletionSource<SchemaContent>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var store = _store = Create(o => o with { ReadFromClient = (_, _) => new(content.Task) });
        var lookup = Get("""{"$schema": "slow:s"}""");
        store.SetTrust(isTrusted: false);
        content.SetResult(new SchemaContent.Loaded(SourceText.From("false")));
        Assert.Null((await lookup).Schema);
        Assert.Null((await Get("""{"$schema": "slow:s"}""")).Schema);
    }

    [Fact]
    public async Task A_slow_schema_is_not_waited_for_without_end_and_announced_when_it_is_there()
    {
        var content = new TaskCompletionSource<SchemaContent>(TaskCreationOptions.RunContinuationsAsynchronously);
        var announced = new TaskCompletionSource();
        using var store = _store = Create(o => o with { LoadTimeout = TimeSpan.Zero, ReadFromClient = (_, _) => new(content.Task) });
        store.SchemasChanged += (_, _) => announced.SetResult();
        var lookup = await Get("""{"$schema": "slow:s"}""");
        Assert.True(lookup.IsPending);
        Assert.Null(lookup.Schema);
        Assert.Empty(lookup.Problems);
        content.SetResult(new SchemaContent.Loaded(SourceText.From("false")));
        await announced.Task;
        lookup = await Get("""{"$schema": "slow:s"}""");
        Assert.False(lookup.IsPending);
        Assert.NotNull(lookup.Schema);
    }

    [Fact]
    public async Task A_slow_schema_is_announced_also_when_another_caller_has_asked_and_given_up_meanwhile()
    {
        var time = new FakeTimeProvider();
        var content = new TaskCompletionSource<SchemaContent>(TaskCreationOptions.RunContinuationsAsynchronously);
        var announced = new TaskCompletionSource();
        using var store = _store = Create(o => o with { Time = time, ReadFromClient = (_, _) => new(content.Task) });
        store.SchemasChanged += (_, _) => announced.TrySetResult();
        using var cancellation = new CancellationTokenSource();
        var first = Get("""{"$schema": "slow:s"}""");
        var second = store.GetSchemaAsync(Document, Parse("""{"$schema": "slow:other"}"""), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True((await first).IsPending);
        content.SetResult(new SchemaContent.Loaded(SourceText.From("false")));
        await announced.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_schema_that_changed_at_every_attempt_to_load_it_is_announced_as_changed()
    {
        var reads = 0;
        using var store = _store = Create(o => o with
        {
            ReadFromClient = async (uri, _) =>
            {
                await Task.Yield();
                if (++reads <= 3)
                {
                    _store.Invalidate(DocumentUri.Parse(uri));
                }

                return new SchemaContent.Loaded(SourceText.From(reads <= 3 ? "true" : "false"));
            },
        });
        _changed.Clear();
        Assert.True(IsValid("{}", await Get("""{"$schema": "slow:s"}""")));
        Assert.Equal(Document.Text, _changed[^1]);
        Assert.False(IsValid("{}", await Get("""{"$schema": "slow:s"}""")));
        Assert.Equal(4, reads);
    }

    [Fact]
    public async Task Schemas_are_listed_as_long_as_a_document_uses_them()
    {
        _files.Write("/w/s.json", "true");
        var other = DocumentUri.Parse("file:///w/b.json");
        await Get("""{"$schema": "missing.json"}""");
        await Get("""{"$schema": "s.json"}""", other);
        Assert.Equal(["file:///w/missing.json", "file:///w/s.json"], _store.LoadedSchemas.Select(s => s.Uri));
        await Get("""{"$schema": "s.json"}""");
        Assert.Equal("file:///w/s.json", Assert.Single(_store.LoadedSchemas).Uri);
        _store.Forget(Document);
        _store.Forget(other);
        Assert.Empty(_store.LoadedSchemas);
        await Get("""{"$schema": "s.json"}""");
        Assert.Equal(1, _files.Reads.Count(p => string.Equals(p, "/w/s.json", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Schemas_that_nobody_uses_any_more_are_given_back_when_they_become_many()
    {
        for (var i = 0; i < 200; i++)
        {
            _files.Write($"/w/{i}.json", """{"$ref": "common.json"}""");
        }

        _files.Write("/w/common.json", "true");
        for (var i = 0; i < 200; i++)
        {
            Assert.NotNull((await Get($$"""{"$schema": "{{i}}.json"}""")).Schema);
            Assert.InRange(_store.HeldSchemas.Roots, 1, 34);
            Assert.InRange(_store.HeldSchemas.Documents, 2, 35);
        }

        Assert.NotNull((await Get("""{"$schema": "0.json"}""")).Schema);
        Assert.Equal(2, _files.Reads.Count(p => string.Equals(p, "/w/0.json", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_end_the_load_of_others()
    {
        var content = new TaskCompletionSource<SchemaContent>();
        using var store = _store = Create(o => o with { ReadFromClient = (_, _) => new(content.Task) });
        using var cancellation = new CancellationTokenSource();
        var first = store.GetSchemaAsync(Document, Parse("""{"$schema": "slow:s"}"""), cancellation.Token).AsTask();
        var second = store.GetSchemaAsync(DocumentUri.Parse("file:///w/b.json"), Parse("""{"$schema": "slow:s"}"""), default).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        content.SetResult(new SchemaContent.Loaded(SourceText.From("false")));
        Assert.NotNull((await second).Schema);
    }

    [Fact]
    public async Task A_schema_that_changes_while_it_is_loaded_is_loaded_again()
    {
        var contents = new Queue<TaskCompletionSource<SchemaContent>>([new(), new()]);
        var (old, current) = (contents.First(), contents.Last());
        using var store = _store = Create(o => o with { ReadFromClient = (_, _) => new(contents.Dequeue().Task) });
        var lookup = store.GetSchemaAsync(Document, Parse("""{"$schema": "slow:s"}"""), default).AsTask();
        store.Invalidate(DocumentUri.Parse("slow:s"));
        current.SetResult(new SchemaContent.Loaded(SourceText.From("""{"type": "array"}""")));
        old.SetResult(new SchemaContent.Loaded(SourceText.From("""{"type": "object"}""")));
        Assert.False(IsValid("{}", await lookup));
    }

    [Fact]
    public async Task A_bug_in_a_source_reaches_the_caller_and_is_not_kept()
    {
        var calls = 0;
        using var store = _store = Create(o => o with
        {
            ReadFromClient = (_, _) => calls++ == 0 ? throw new InvalidOperationException("bug") : new(new SchemaContent.Loaded(SourceText.From("false"))),
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => Get("""{"$schema": "x:s"}"""));
        Assert.NotNull((await Get("""{"$schema": "x:s"}""")).Schema);
    }

    [Fact]
    public async Task A_schema_of_endlessly_many_documents_is_cut_off()
    {
        using var store = _store = Create(o => o with
        {
            ReadFromClient = (uri, _) => new(new SchemaContent.Loaded(SourceText.From(
                $$"""{"allOf": [{{string.Join(',', Enumerable.Range(0, 40).Select(i => $$"""{"$ref": "{{uri}}{{i}}"}"""))}}]}"""))),
        });
        var lookup = await Get("""{"$schema": "x:s"}""");
        Assert.NotNull(lookup.Schema);
        Assert.Contains("at most 1000 documents", Assert.Single(lookup.Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_the_person_names_is_read_without_trust()
    {
        _files.Write("/elsewhere/s.json", """{"type": "array"}""");
        SetFolder(isTrusted: false);
        var uri = DocumentUri.FromFilePath("/elsewhere/s.json");
        _store.AllowFolderOf(uri);
        Assert.False(IsValid("{}", await _store.GetSchemaByUriAsync(uri.Text, default)));
    }

    private static SyntaxTree Parse(string text) => JsonParser.Parse(SourceText.From(text));

    private static bool IsValid(string text, SchemaLookup lookup) => SchemaEvaluator.IsValid(Parse(text), lookup.Schema!, EvaluationOptions.Default);

    private SchemaStore Create(Func<SchemaStoreOptions, SchemaStoreOptions> configure)
    {
        _store?.Dispose();
        var store = new SchemaStore(configure(new SchemaStoreOptions(_files, new SchemaCatalog())));
        store.SetTrust(isTrusted: true);
        store.SchemasChanged += (_, e) =>
        {
            lock (_changed)
            {
                _changed.AddRange(e.Documents.Select(d => d.Text));
            }
        };
        return store;
    }

    private Task<SchemaLookup> Get(string text, DocumentUri? document = null) => _store.GetSchemaAsync(document ?? Document, Parse(text), default).AsTask();

    private void SetFolder(bool isTrusted) => _store.SetWorkspaceFolders([WorkspaceFolder.Load(_files.AddFolder("/w"), DocumentUri.Parse("file:///w"), isTrusted, default)]);

    private void SetClient(string json) => _store.SetAssociations(ClientSchemas.FromSetting(Encoding.UTF8.GetBytes(json), "json.schemas", DocumentUri.Parse("file:///w")));
}
