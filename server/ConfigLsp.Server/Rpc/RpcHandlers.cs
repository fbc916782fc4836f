using System.Text.Json.Serialization.Metadata;

namespace ConfigLsp.Server.Rpc;

/// <summary>
/// The methods a connection answers. Register everything before the connection runs.
/// <para>
/// Messages start in arrival order, one at a time. What <see cref="OnRequest"/> and <see cref="OnNotification"/> register runs alone until its
/// task completes: that is where state changes. <see cref="OnConcurrentRequest"/> has two steps: <c>capture</c> takes an immutable snapshot in
/// the queue and must not wait; <c>handle</c> sees only that snapshot and runs on the thread pool beside everything else.
/// <see cref="OnPipelinedRequest"/> begins in the queue and ends beside everything else: the queue goes on at its first wait.
/// </para>
/// <para>A handler answers with its result, or by throwing <see cref="RpcException"/>. Its token is cancelled by <c>$/cancelRequest</c> and by the end of the connection.</para>
/// </summary>
internal sealed class RpcHandlers
{
    private readonly Dictionary<string, MethodHandler> _methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MethodHandler>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly Dictionary<string, string> _whenUnread = new(StringComparer.Ordinal);
    private Action<RpcHandlers>? _later;

    public RpcHandlers() => _bySpan = _methods.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// Asked in the queue, in arrival order, before each message: (method, is it a request). A request is answered with the error, a notification
    /// is dropped. It owns the life cycle, such as ServerNotInitialized before <c>initialize</c>.
    /// </summary>
    public Func<string, bool, RpcError?>? Gate { get; set; }

    /// <summary>Registers a request that may change state.</summary>
    public void OnRequest<TParams, TResult>(
        string method,
        JsonTypeInfo<TParams> paramsType,
        JsonTypeInfo<TResult> resultType,
        Func<TParams, CancellationToken, ValueTask<TResult>> handle,
        ParamsShape shape = ParamsShape.Object) =>
        _methods.Add(method, new OrderedMethod<TParams, TResult>(method, paramsType, resultType, handle, shape));

    /// <summary>Registers a request that only reads.</summary>
    public void OnConcurrentRequest<TParams, TSnapshot, TResult>(
        string method,
        JsonTypeInfo<TParams> paramsType,
        JsonTypeInfo<TResult> resultType,
        Func<TParams, TSnapshot> capture,
        Func<TSnapshot, TParams, CancellationToken, ValueTask<TResult>> handle,
        ParamsShape shape = ParamsShape.Object) =>
        _methods.Add(method, new ConcurrentMethod<TParams, TSnapshot, TResult>(method, paramsType, resultType, capture, handle, shape));

    /// <summary>
    /// Registers a request that begins in arrival order and does not hold the queue until it ends. What is known at once is answered without a
    /// change of thread.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="paramsType">How its parameter is read.</param>
    /// <param name="resultType">How its result is written.</param>
    /// <param name="handle">Does the work; up to its first wait it must be quick, since it runs in the queue.</param>
    /// <param name="answered">Called when the answer is queued for the client, so that what is sent from then on comes after it; null for nothing.</param>
    /// <param name="shape">How the parameter stands in the message.</param>
    public void OnPipelinedRequest<TParams, TResult>(
        string method,
        JsonTypeInfo<TParams> paramsType,
        JsonTypeInfo<TResult> resultType,
        Func<TParams, CancellationToken, ValueTask<TResult>> handle,
        Action<TResult>? answered = null,
        ParamsShape shape = ParamsShape.Object) =>
        _methods.Add(method, new PipelinedMethod<TParams, TResult>(method, paramsType, resultType, handle, answered, shape));

    /// <summary>Registers a notification that may change state. What it throws is logged.</summary>
    public void OnNotification<TParams>(
        string method,
        JsonTypeInfo<TParams> paramsType,
        Func<TParams, CancellationToken, ValueTask> handle,
        ParamsShape shape = ParamsShape.Object) =>
        _methods.Add(method, new NotificationMethod<TParams>(method, paramsType, handle, shape));

    /// <summary>
    /// Says which notification is handled in place of one whose parameters cannot be read, or that is above <see cref="RpcLimits.MessageBytes"/>. It gets
    /// the same parameters, of an oversized one as far as the first <see cref="RpcLimits.OversizedPrefixBytes"/> hold them completely. Without this, such
    /// a notification is ignored.
    /// </summary>
    public void WhenUnread(string method, string instead) => _whenUnread.Add(method, instead);

    /// <summary>What is handled in place of a notification that cannot be read; null for nothing. Called by the one reader of the connection only.</summary>
    public NotificationMethod? FindInstead(string method) =>
        _whenUnread.TryGetValue(method, out string? other) && TryFind(other, out MethodHandler? handler) ? handler as NotificationMethod : null;

    /// <summary>Registers the notification that ends the connection: nothing after it is read, everything before it is finished first.</summary>
    public void OnExit(string method) => _methods.Add(method, new ExitMethod(method));

    /// <summary>
    /// Registers further methods when one is first asked for that is not there yet. Preparing the types of all methods takes several times longer than
    /// answering the first message, for which an editor waits.
    /// </summary>
    public void Later(Action<RpcHandlers> register) => _later = register;

    /// <summary>Finds a method. Called by the one reader of the connection only.</summary>
    public bool TryFind(ReadOnlySpan<char> method, out MethodHandler? handler)
    {
        if (_bySpan.TryGetValue(method, out handler))
            return true;
        if (_later is not { } register)
            return false;
        _later = null;
        register(this);
        return _bySpan.TryGetValue(method, out handler);
    }

    /// <summary>Whether a message without an id may be a notification: its method is one, or is not known. Called by the one reader of the connection only.</summary>
    /// <param name="method">The method of the message.</param>
    /// <param name="instead">What is handled in place of it when it is oversized; null for nothing.</param>
    public bool MayBeNotification(string method, out NotificationMethod? instead)
    {
        bool isNotification = !TryFind(method, out MethodHandler? handler) || handler is NotificationMethod or ExitMethod;
        instead = isNotification ? FindInstead(method) : null;
        return isNotification;
    }
}
