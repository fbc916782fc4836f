namespace ConfigLsp.Server.Tests.Rpc;

public sealed class RpcDirectionTests
{
    [Fact]
    public void Rpc_knows_neither_the_language_server_nor_the_service()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "ConfigLsp.sln")))
            root = Path.GetDirectoryName(root);
        string[] files = Directory.GetFiles(Path.Combine(root!, "server", "ConfigLsp.Server", "Rpc"), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        string[] forbidden = ["ConfigLsp.Core", "ConfigLsp.Configuration", "ConfigLsp.Server.Lsp", "ConfigLsp.Server.Headless", "ConfigLsp.Server.Cli"];
        Assert.DoesNotContain(files, file => forbidden.Any(name => File.ReadAllText(file).Contains(name, StringComparison.Ordinal)));
    }
}
