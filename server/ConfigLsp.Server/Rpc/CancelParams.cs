namespace ConfigLsp.Server.Rpc;

/// <summary>Parameters of <c>$/cancelRequest</c> (LSP 3.17) for a request of ours.</summary>
internal sealed record CancelParams(long Id);
