using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Http;

namespace ConfigLsp.Configuration.Sources.Http;

/// <summary>
/// What can go wrong with an HTTP source, in words. They name the source and never its address, which may hold a secret in its path or query, nor
/// anything that the other side sent.
/// </summary>
internal sealed class HttpFailures(string source)
{
    /// <summary>The document, or the address of it, cannot be used.</summary>
    public SourceReading.Failed Invalid(string what) => Fail(new HttpFault(HttpFaultKind.Invalid, what, IsTransient: false));

    /// <summary>What a request came to.</summary>
    public SourceReading From(HttpFault fault) => fault.Kind == HttpFaultKind.Missing ? new SourceReading.Missing() : Fail(fault);

    public SourceReading.Failed Fail(HttpFault fault)
    {
        var descriptor = fault.Kind switch
        {
            HttpFaultKind.Forbidden => ServiceErrors.PermissionDenied,
            HttpFaultKind.TooLarge => ServiceErrors.LimitExceeded,
            HttpFaultKind.Invalid or HttpFaultKind.PrivateAddress => ServiceErrors.SourceInvalid,
            _ => ServiceErrors.Unavailable,
        };
        return new(new ServiceError(descriptor, $"The source `{source}` {fault.What}.") { Source = source, RetryAfter = fault.RetryAfter }, fault.IsTransient);
    }
}
