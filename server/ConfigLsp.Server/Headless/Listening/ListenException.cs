namespace ConfigLsp.Server.Headless.Listening;

/// <summary>Clients cannot be waited for at an address; the message says why and what to do.</summary>
internal sealed class ListenException(string message, Exception? cause = null) : IOException(message, cause);
