using System.Text;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Testing;

namespace ConfigLsp.Configuration.Tests.Service;

/// <summary>A workspace on the disk with a home and a state folder of its own, and one or several processes' hosts on it.</summary>
internal sealed class TestWorkspace : IAsyncDisposable
{
    public const string Settings = "work/.nofx/settings.json";

    private readonly TemporaryFolder _folder = new();
    private readonly List<ConfigurationHost> _hosts = [];

    public TestWorkspace()
    {
        Directory.CreateDirectory(_folder.PathTo("work/.nofx"));
        Directory.CreateDirectory(_folder.PathTo("home"));
    }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public List<ServiceEvent> Events { get; } = [];

    public string Folder => _folder.PathTo("work");

    public string Write(string path, string content) => _folder.Write(path, content);

    public string Read(string path = Settings) => File.ReadAllText(_folder.PathTo(path));

    public bool Exists(string path) => File.Exists(_folder.PathTo(path));

    public string PathTo(string path) => _folder.PathTo(path);

    /// <summary>The service as a process of its own would have it.</summary>
    public ConfigurationService Open(bool trusted = true, bool watches = false, IWritableFileSystem? files = null, TimeProvider? time = null, bool hasState = true)
    {
        var physical = files ?? new PhysicalFileSystem();
        var host = new ConfigurationHost(new HostOptions(physical, new SchemaCatalog(ignoreCase: false))
        {
            Placeholders = new PathPlaceholders(_folder.PathTo("home"), name => Variables.GetValueOrDefault(name)),
            Variables = () => Variables,
            State = hasState ? new StateFolder(_folder.PathTo("state")) : null,
            WatchesFiles = watches,
            Time = time ?? TimeProvider.System,
            AllowPrivateAddresses = true,
            Observer = (_, happened) =>
            {
                lock (Events)
                {
                    Events.Add(happened);
                }
            },
        });
        _hosts.Add(host);
        return host.Open(Folder, trusted);
    }

    public ConfigurationHost HostOf(ConfigurationService service) => _hosts.Single(h => h.Services.Contains(service));

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        _folder.Dispose();
    }
}

/// <summary>Short forms of the requests.</summary>
internal static class ServiceCalls
{
    public static async Task<SettingAnswer> GetAsync(this ConfigurationService service, string key, TimeSpan? maxStale = null)
    {
        var result = await service.GetAsync(new GetRequest([key]) { MaxStale = maxStale }, CancellationToken.None);
        return result.Value.Items.Single();
    }

    /// <summary>The value of a key as JSON, whatever is known already; null if it is not set.</summary>
    public static async Task<string?> ReadAsync(this ConfigurationService service, string key) => (await service.GetAsync(key, TimeSpan.Zero)).Json();

    public static string? Json(this SettingAnswer answer) => answer.Value is { } value ? Encoding.UTF8.GetString(value.Span) : null;

    public static ValueTask<ServiceResult<UpdateResult>> SetAsync(
        this ConfigurationService service, string key, string json, UpdateExpectation? expect = null, string? source = null, string? transaction = null, bool dryRun = false) =>
        service.UpdateAsync(
            new UpdateRequest(new SettingOperation(OperationKind.Set, key, Encoding.UTF8.GetBytes(json)))
            {
                Expect = expect,
                Source = source,
                TransactionId = transaction,
                IsDryRun = dryRun,
                Actor = "test",
            },
            CancellationToken.None);

    public static ValueTask<ServiceResult<UpdateResult>> UnsetAsync(this ConfigurationService service, string key, string? source = null) =>
        service.UpdateAsync(new UpdateRequest(new SettingOperation(OperationKind.Unset, key, null)) { Source = source }, CancellationToken.None);
}
