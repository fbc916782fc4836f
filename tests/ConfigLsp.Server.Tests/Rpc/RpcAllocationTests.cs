using System.Diagnostics;
using System.IO.Pipelines;
using Xunit.Abstractions;

namespace ConfigLsp.Server.Tests.Rpc;

/// <summary>Counts the allocations of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(RpcAllocationTests), DisableParallelization = true)]
[Collection(nameof(RpcAllocationTests))]
public sealed class RpcAllocationTests(ITestOutputHelper output)
{
#if DEBUG
    // Without optimisation the state of every asynchronous method is an object, also where it completes at once.
    private const long Bound = 2500;
#else
    private const long Bound = 600;
#endif

    [Theory]
    [InlineData("ping")]
    [InlineData("read")]
    public async Task A_small_round_trip_allocates_little(string method)
    {
        await using var peer = new RpcPeer(TestHandlers.Create());
        byte[] request = RpcPeer.Framed($$"""{"jsonrpc":"2.0","id":12,"method":"{{method}}","params":{} }""");
        const int Trips = 20_000;
        await TripsAsync(peer, request, Trips);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long started = Stopwatch.GetTimestamp();
        await TripsAsync(peer, request, Trips);
        TimeSpan time = Stopwatch.GetElapsedTime(started);
        long perTrip = (GC.GetTotalAllocatedBytes(precise: true) - before) / Trips;
        output.WriteLine($"{method}: {perTrip} bytes, {time.TotalMicroseconds / Trips:F1} us per round trip");
        Assert.True(perTrip < Bound, $"{perTrip} bytes per round trip");
    }

    private static async Task TripsAsync(RpcPeer peer, byte[] request, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await peer.SendRawAsync(request);
            ReadResult read = await peer.Output.ReadAsync();
            peer.Output.AdvanceTo(read.Buffer.End);
        }
    }
}
