using System.IO.Pipelines;

namespace ConfigLsp.Server.Rpc.Transports;

/// <summary>
/// Reads a stream that can only block on a thread of its own. An asynchronous read of standard input would block a thread of the pool
/// instead, which on a small machine is half of it, and the pool notices the loss only after half a second.
/// </summary>
internal static class BlockingStreamReader
{
    private const int ReadBytes = 16 * 1024;

    public static PipeReader Start(Stream stream, string name)
    {
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: ReadBytes, useSynchronizationContext: false));
        // In the background, because a blocked read cannot be cancelled and must not keep the process.
        new Thread(() => Copy(stream, pipe.Writer)) { IsBackground = true, Name = name }.Start();
        return pipe.Reader;
    }

    private static void Copy(Stream stream, PipeWriter writer)
    {
        try
        {
            int read;
            do
            {
                read = stream.Read(writer.GetSpan(ReadBytes));
                writer.Advance(read);
            }
            while (read > 0 && Flush(writer));
            writer.Complete();
        }
        catch (Exception exception)
        {
            writer.Complete(exception as IOException ?? new IOException("The input failed.", exception));
        }
    }

    /// <returns>False when nobody reads any more.</returns>
    private static bool Flush(PipeWriter writer)
    {
        ValueTask<FlushResult> flush = writer.FlushAsync();
        // Not complete only while the reader is behind; this thread has nothing else to do.
        FlushResult result = flush.IsCompletedSuccessfully ? flush.Result : flush.AsTask().GetAwaiter().GetResult();
        return !result.IsCompleted;
    }
}
