namespace ConfigLsp.Server.Tests.Cli;

/// <summary>An output that takes nothing.</summary>
internal sealed class FullDisk : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count) => throw new IOException("no space left");

    public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("no space left");
}
