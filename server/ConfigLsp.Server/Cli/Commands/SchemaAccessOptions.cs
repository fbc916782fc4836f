using System.CommandLine;
using ConfigLsp.Server.Cli.Checking;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary>The options that say from where schemas may be read, for all commands that read some.</summary>
internal sealed class SchemaAccessOptions
{
    private readonly Option<bool> _trust;
    private readonly Option<bool> _offline = new("--offline") { Description = "Download no schemas; copies from earlier runs serve" };
    private readonly Option<string[]> _domains = new("--trusted-domain")
    {
        Description = "Schemas of trusted workspaces may be downloaded from here too, for instance https://example.com/",
        HelpName = "address",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _private = new("--allow-private-addresses") { Description = "Schemas may be downloaded from this machine and private networks" };

    /// <param name="trust">The description of <c>--trust</c>.</param>
    public SchemaAccessOptions(string trust)
    {
        _trust = new Option<bool>("--trust") { Description = trust };
        _domains.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                var plain = token.Value.Replace("://*.", "://", StringComparison.Ordinal);
                if (!Uri.TryCreate(plain, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                {
                    result.AddError($"--trusted-domain must be an http(s) address such as https://example.com/, but is '{token.Value}'.");
                }
            }
        });
    }

    public void AddTo(Command command)
    {
        command.Add(_trust);
        command.Add(_offline);
        command.Add(_domains);
        command.Add(_private);
    }

    public SchemaAccess Read(ParseResult parsed) => new()
    {
        Trust = parsed.GetValue(_trust),
        IsOffline = parsed.GetValue(_offline),
        TrustedDomains = parsed.GetValue(_domains) ?? [],
        AllowPrivateAddresses = parsed.GetValue(_private),
    };
}
