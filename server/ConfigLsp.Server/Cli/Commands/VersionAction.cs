using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp --version</c>.</summary>
internal sealed class VersionAction(CommandLineHost host) : SynchronousCommandLineAction
{
    /// <summary>The version of the product, for instance <c>0.1.0</c>.</summary>
    public static string Version { get; } = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        host.Text.WriteLine($"configlsp {Version} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})");
        host.Text.Flush();
        return ExitCodes.Success;
    }
}
