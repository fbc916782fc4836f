using System.Net;
using System.Net.Sockets;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Http;
using ConfigLsp.Configuration.Sources.Http;
using ConfigLsp.Testing.Http;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Configuration.Tests.Sources;

/// <summary>Where an HTTP source may go. Names resolve as the test says, and all public addresses lead to the local server.</summary>
public sealed class HttpAddressTests : IAsyncDisposable
{
    private const string Refused =
        "The source `remote` leads to an address of this machine or a private network, which is refused unless the settings allow private addresses.";

    private readonly FakeTimeProvider _clock = new();
    private readonly FaultServer _server = new();
    private readonly List<IPAddress> _dialled = [];

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("1.1.1.1", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.128.0.1", true)]
    [InlineData("192.0.1.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("2002:0808:0808::1", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::8.8.8.8", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("0.1.2.3", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.0.0.192", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("198.19.255.255", false)]
    [InlineData("198.51.100.7", false)]
    [InlineData("203.0.113.7", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("239.255.255.250", false)]
    [InlineData("240.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::10.0.0.1", false)]
    [InlineData("64:ff9b:1::8.8.8.8", false)]
    [InlineData("100::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:7f00:1::1", false)]
    [InlineData("3fff::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void Addresses_are_public_or_not(string address, bool expected) => Assert.Equal(expected, PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1/a")]
    [InlineData("http://localhost/a")]
    [InlineData("http://[::1]/a")]
    [InlineData("http://[::ffff:7f00:1]/a")]
    [InlineData("http://0x7f.1/a")]
    [InlineData("http://2130706433/a")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://inside.example/a")]
    public async Task A_private_address_is_refused_and_not_even_dialled(string address)
    {
        using var source = Create(address, "10.0.0.1");
        await AssertRefused(source);
        Assert.Empty(_dialled);
    }

    [Fact]
    public async Task Of_several_addresses_only_the_public_ones_are_dialled()
    {
        _server.Respond("/a", FaultResponses.Ok("{}"));
        using var source = Create(_server.At("/a", "config.example"), "127.0.0.1,93.184.216.34");
        Assert.IsType<SourceReading.Loaded>(await source.LoadAsync(null, default));
        Assert.Equal([IPAddress.Parse("93.184.216.34")], _dialled);
    }

    [Fact]
    public async Task The_next_address_is_dialled_when_one_fails()
    {
        _server.Respond("/a", FaultResponses.Ok("{}"));
        using var source = Create(_server.At("/a", "config.example"), "9.9.9.9,93.184.216.34");
        Assert.IsType<SourceReading.Loaded>(await source.LoadAsync(null, default));
        Assert.Equal([IPAddress.Parse("9.9.9.9"), IPAddress.Parse("93.184.216.34")], _dialled);
    }

    [Fact]
    public async Task A_name_that_moves_to_a_private_address_is_refused_from_then_on()
    {
        _server.Respond("/a", FaultResponses.Ok("{}"));
        using var source = Create(_server.At("/a", "config.example"), "93.184.216.34", "127.0.0.1");
        Assert.IsType<SourceReading.Loaded>(await source.LoadAsync(null, default));
        await AssertRefused(source);
        Assert.Single(_dialled);
    }

    [Fact]
    public async Task A_name_without_an_address_may_have_one_later()
    {
        using var source = Create("http://config.example/a", string.Empty);
        var failed = Assert.IsType<SourceReading.Failed>(await source.LoadAsync(null, default));
        Assert.Equal(("The source `remote` cannot be found: its host name has no address.", true), (failed.Error.Message, failed.IsTransient));
    }

    [Theory]
    [InlineData("http://127.0.0.1:{port}/private")]
    [InlineData("//127.0.0.1:{port}/private")]
    [InlineData("http://[::ffff:127.0.0.1]:{port}/private")]
    [InlineData("http://2130706433:{port}/private")]
    public async Task A_redirect_to_a_private_address_is_refused(string location)
    {
        _server.Respond("/a", FaultResponses.Redirect(location.Replace("{port}", $"{_server.Port}", StringComparison.Ordinal)));
        _server.Respond("/private", FaultResponses.Ok("{}"));
        using var source = Create(_server.At("/a", "config.example"), "93.184.216.34");
        await AssertRefused(source);
        await _server.NextRequestAsync();
        Assert.Equal(0, _server.UnseenRequests);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "redirects to an address that is neither https: nor http:, which is refused")]
    [InlineData("ftp://config.example/a", "redirects to an address that is neither https: nor http:, which is refused")]
    [InlineData("http://me:pass@config.example/a", "redirects to an address with a user name or password in it, which is refused")]
    [InlineData("http://[", "redirects without a valid address")]
    [InlineData("/a", "redirects more than 5 times")]
    public async Task Other_redirects_are_refused_too(string location, string problem)
    {
        _server.Respond("/a", FaultResponses.Redirect(location));
        using var source = Create(_server.At("/a", "config.example"), "93.184.216.34");
        var failed = Assert.IsType<SourceReading.Failed>(await source.LoadAsync(null, default));
        Assert.Equal(($"The source `remote` {problem}.", false), (failed.Error.Message, failed.IsTransient));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Five_redirects_are_followed(int status)
    {
        for (var i = 0; i < 5; i++)
        {
            _server.Respond($"/{i}", FaultResponses.Redirect($"{i + 1}", status));
        }

        _server.Respond("/5", FaultResponses.Ok("{}"));
        using var source = Create(_server.At("/0", "config.example"), "93.184.216.34");
        Assert.IsType<SourceReading.Loaded>(await source.LoadAsync(null, default));
    }

    [Fact]
    public async Task A_redirect_without_an_address_is_refused()
    {
        _server.Respond("/a", FaultResponses.Status(302));
        using var source = Create(_server.At("/a", "config.example"), "93.184.216.34");
        Assert.IsType<SourceReading.Failed>(await source.LoadAsync(null, default));
    }

    [Fact]
    public async Task A_redirect_leads_from_http_to_https_but_not_back()
    {
        await using var secure = new FaultServer(useTls: true);
        var options = new HttpSourceOptions { AllowPrivateAddresses = true, VerifyCertificates = false };
        _server.Respond("/up", FaultResponses.Redirect(secure.At("/b")));
        _server.Respond("/b", FaultResponses.Ok("{}"));
        secure.Respond("/b", FaultResponses.Ok("{}"));
        secure.Respond("/down", FaultResponses.Redirect(_server.At("/b")));

        using var up = new HttpSource("remote", _server.At("/up"), options, _clock);
        Assert.IsType<SourceReading.Loaded>(await up.LoadAsync(null, default));
        using var down = new HttpSource("remote", secure.At("/down"), options, _clock);
        var failed = Assert.IsType<SourceReading.Failed>(await down.LoadAsync(null, default));
        Assert.Equal("The source `remote` redirects from https to http, which is refused.", failed.Error.Message);
    }

    private static async Task AssertRefused(HttpSource source)
    {
        var failed = Assert.IsType<SourceReading.Failed>(await source.LoadAsync(null, default));
        Assert.Equal((Refused, false), (failed.Error.Message, failed.IsTransient));
    }

    /// <param name="address">The address of the source.</param>
    /// <param name="answers">What every name resolves to, the first time, the second time, and so on.</param>
    private HttpSource Create(string address, params string[] answers)
    {
        var queries = 0;
        return new HttpSource("remote", address, new HttpSourceOptions(), _clock, new HttpConnector
        {
            Resolve = (host, _) =>
            {
                var answer = host == "localhost" ? "127.0.0.1,::1" : answers[Math.Min(queries++, answers.Length - 1)];
                return Task.FromResult<IPAddress[]>([.. answer.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)]);
            },
            Dial = async (endPoint, token) =>
            {
                _dialled.Add(endPoint.Address);
                if (endPoint.Address.ToString() == "9.9.9.9")
                {
                    throw new SocketException((int)SocketError.HostUnreachable);
                }

                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, _server.Port, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
    }
}
