// Reads a setting, watches it, changes it only if nobody else has, and handles errors.
//
//   dotnet run --project docs/examples/csharp -- SOCKET    at a running `configlsp serve --listen SOCKET`
using System.Text.Json.Nodes;
using ConfigLsp.Example;

const string Key = "maxAgents";
if (args is not [var socket])
{
    Console.Error.WriteLine("Say where the service is: SOCKET.");
    return 2;
}

var changed = new TaskCompletionSource();
await using var client = await ConfigLspClient.ConnectAsync(socket, "csharp-example");
client.Notified = (method, parameters) =>
{
    if (method == "configlsp/didChange")
    {
        foreach (var change in parameters!["changes"]!.AsArray())
        {
            Console.WriteLine($"changed: {change!["key"]} from {change["old"]} to {change["new"]} in {change["source"]}");
        }

        changed.TrySetResult();
    }
};

var before = (await client.RequestAsync("configlsp/get", new JsonObject { ["keys"] = new JsonArray(Key) }))!["items"]![0]!;
Console.WriteLine($"{Key} is {before["value"]}, from {before["source"]}");

// One notification for every change from now on, also for edits with an editor.
await client.RequestAsync("configlsp/watch", new JsonObject { ["keys"] = new JsonArray(Key) });

var next = before["value"]!.GetValue<int>() + 1;
var done = await client.RequestAsync("configlsp/update", Update(next));
Console.WriteLine($"set to {next} at revision {done!["revision"]}");
await changed.Task.WaitAsync(TimeSpan.FromSeconds(30));

try
{
    // The same expectation no longer holds, so this changes nothing.
    await client.RequestAsync("configlsp/update", Update(1));
}
catch (ConfigLspException error) when (error.Name == "Conflict")
{
    Console.WriteLine($"{error.Name}: {error.Message}");
    Console.WriteLine($"  it is {error.Current!["value"]} at revision {error.Current["revision"]} now");
}

return 0;

JsonObject Update(int value) => new()
{
    ["key"] = Key,
    ["value"] = value,
    ["expect"] = new JsonObject { ["revision"] = before["revision"]!.GetValue<long>() },
};
