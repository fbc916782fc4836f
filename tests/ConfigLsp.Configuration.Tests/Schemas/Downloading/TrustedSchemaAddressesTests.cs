using ConfigLsp.Configuration.Schemas.Downloading;

namespace ConfigLsp.Configuration.Tests.Schemas.Downloading;

public sealed class TrustedSchemaAddressesTests
{
    [Theory]
    [InlineData("https://json-schema.org/draft/x.json", true)]
    [InlineData("https://json.schemastore.org/package.json", true)]
    [InlineData("https://raw.githubusercontent.com/microsoft/vscode/main/a.json", true)]
    [InlineData("https://raw.githubusercontent.com/someone/else/a.json", null)]
    [InlineData("https://raw.githubusercontent.com/microsoft/vscode/../../someone/a.json", null)]
    [InlineData("https://raw.githubusercontent.com/microsoft/vscode/%2e%2e/%2e%2e/someone/a.json", null)]
    [InlineData("https://raw.githubusercontent.com/microsoft/vscode/..%2f..%2fsomeone/a.json", null)]
    [InlineData("https://raw.githubusercontent.com/microsoft/vscode-other/a.json", null)]
    [InlineData("http://json.schemastore.org/package.json", null)]
    [InlineData("https://json.schemastore.org:8443/package.json", null)]
    [InlineData("https://json.schemastore.org.example/package.json", null)]
    public void Those_of_vs_code_are_trusted_unless_the_settings_say_otherwise(string address, bool? expected) =>
        Assert.Equal(expected, TrustedSchemaAddresses.Default.Judge(new Uri(address)));

    [Theory]
    [InlineData("https://example.com", "https://example.com/a/b.json", true)]
    [InlineData("https://example.com/", "https://EXAMPLE.com/b.json", true)]
    [InlineData("https://example.com/s.json", "https://example.com/s.json", true)]
    [InlineData("https://example.com/s.json", "https://example.com/s.jsonx", null)]
    [InlineData("https://example.com/a", "https://example.com/a/s.json", true)]
    [InlineData("https://*.example.com", "https://a.b.example.com/s.json", true)]
    [InlineData("https://*.example.com", "https://example.com/s.json", true)]
    [InlineData("https://*.example.com", "https://badexample.com/s.json", null)]
    [InlineData("http://example.com:8080", "http://example.com:8080/s.json", true)]
    [InlineData("*", "http://anything.example/s.json", true)]
    [InlineData("example.com", "https://example.com/s.json", null)]
    [InlineData("file:///a", "https://example.com/s.json", null)]
    [InlineData("", "https://example.com/s.json", null)]
    public void An_entry_is_a_host_with_or_without_those_below_it_and_perhaps_a_path(string entry, string address, bool? expected) =>
        Assert.Equal(expected, TrustedSchemaAddresses.Create([KeyValuePair.Create(entry, true)]).Judge(new Uri(address)));

    [Fact]
    public void The_first_entry_that_matches_decides()
    {
        var trusted = TrustedSchemaAddresses.Create([KeyValuePair.Create("https://a.example/private", false), KeyValuePair.Create("https://a.example", true), KeyValuePair.Create("*", false)]);
        Assert.False(trusted.Judge(new Uri("https://a.example/private/s.json")));
        Assert.True(trusted.Judge(new Uri("https://a.example/s.json")));
        Assert.False(trusted.Judge(new Uri("https://b.example/s.json")));
    }

    [Fact]
    public void The_same_entries_are_the_same_setting()
    {
        Assert.Equal(TrustedSchemaAddresses.Default.With(["https://a.example"]), TrustedSchemaAddresses.Default.With(["https://a.example"]));
        Assert.NotEqual(TrustedSchemaAddresses.Default, TrustedSchemaAddresses.Default.With(["https://a.example"]));
    }
}
