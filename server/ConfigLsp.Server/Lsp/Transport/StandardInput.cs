using System.IO.Pipelines;

namespace ConfigLsp.Server.Lsp.Transport;

/// <summary>
/// Reads standard input on a thread of its own. A read of it cannot be cancelled, so a reader that waited for it directly could not end
/// with the client's process; and the first message need not wait for the thread pool.
/// </summary>
internal static class StandardInput
{
    private const int ReadBytes = 64 * 1024;

    public static PipeReader Open()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1024 * 1024, resumeWriterThreshold: 512 * 1024, useSynchronizationContext: false));
        var thread = new Thread(() => Pump(Console.OpenStandardInput(), pipe.Writer)) { IsBackground = true, Name = "standard input" };
        thread.Start();
        return pipe.Reader;
    }

    private static void Pump(Stream input, PipeWriter output)
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                int read = input.Read(output.GetSpan(ReadBytes));
                if (read == 0)
                    break;
                output.Advance(read);
                // This thread has nothing else to do than to wait.
                FlushResult flushed = output.FlushAsync().AsTask().GetAwaiter().GetResult();
                if (flushed.IsCompleted)
                    break;
            }
        }
        catch (IOException exception)
        {
            failure = exception;
        }

        output.Complete(failure);
    }
}
