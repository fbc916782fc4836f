using ConfigLsp.Configuration.Http;

namespace ConfigLsp.Configuration.Tests.Http;

public sealed class ProxyExceptionsTests
{
    [Theory]
    [InlineData("", "http://example.com/", false)]
    [InlineData("example.com", "http://example.com/", true)]
    [InlineData("example.com", "https://API.Example.com./", true)]
    [InlineData("example.com", "http://notexample.com/", false)]
    [InlineData(".example.com", "http://a.example.com/", true)]
    [InlineData("*.example.com", "http://a.example.com/", true)]
    [InlineData("other, example.com:8080", "http://example.com:8080/", true)]
    [InlineData("example.com:8080", "http://example.com/", false)]
    [InlineData("10.0.0.1;[::1]:81", "http://10.0.0.1/", true)]
    [InlineData("*", "http://example.com/", true)]
    public void Hosts_are_reached_without_the_proxy_or_not(string list, string address, bool expected) =>
        Assert.Equal(expected, ProxyExceptions.Parse(list).Contains(new Uri(address)));

    [Fact]
    public void The_variables_that_most_programs_obey_are_obeyed()
    {
        var variables = new Dictionary<string, string> { ["https_proxy"] = "http://proxy.example:3128", ["HTTP_PROXY"] = "http://other.example", ["NO_PROXY"] = "a,b" };
        var access = HttpAccess.FromEnvironment(variables.GetValueOrDefault);
        Assert.Equal(("http://proxy.example:3128/", "a,b"), (access.Proxy?.AbsoluteUri, access.NoProxy));
        Assert.Null(HttpAccess.FromEnvironment(static name => name == "HTTPS_PROXY" ? "proxy.example" : null).Proxy);
    }
}
