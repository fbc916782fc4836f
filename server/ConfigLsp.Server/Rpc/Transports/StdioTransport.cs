namespace ConfigLsp.Server.Rpc.Transports;

/// <summary>Speaks to the client over standard input and output.</summary>
internal static class StdioTransport
{
    /// <summary>
    /// Takes standard input and output for the protocol, once per process. From then on <see cref="Console.Out"/> is standard error,
    /// so that nothing else can write between two messages.
    /// </summary>
    public static RpcTransport Open()
    {
        Stream input = Console.OpenStandardInput();
        Stream output = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);
        Console.SetIn(TextReader.Null);
        return new RpcTransport(BlockingStreamReader.Start(input, "standard input"), RpcTransport.Writer(output));
    }
}
