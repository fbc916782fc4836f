using System.Collections.Immutable;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>What the types of the parameters cannot say: which members exclude each other, and which words there are.</summary>
internal static class ParamsCheck
{
    /// <summary>The refusal of parameters, in the form of those that the types refuse.</summary>
    public static RpcException Invalid(ApiMethod method, string fault) => new(RpcErrorCodes.InvalidParams, $"Parameters of '{method.Name}': {fault}");

    public static KeyText Key(ApiMethod method, KeyName? key, KeyName? path) =>
        OptionalKey(method, key, path) ?? throw Invalid(method, "'key' is required: a text with dots between its segments, or 'path' with the segments.");

    public static KeyText? OptionalKey(ApiMethod method, KeyName? key, KeyName? path) => (key, path) switch
    {
        ({ } one, null) => one.Text,
        (null, { } one) => one.Text,
        (null, null) => default(KeyText?),
        _ => throw Invalid(method, "send 'key' or 'path', not both."),
    };

    public static ImmutableArray<KeyText> Keys(IReadOnlyList<KeyName> keys)
    {
        ImmutableArray<KeyText>.Builder texts = ImmutableArray.CreateBuilder<KeyText>(keys.Count);
        for (int i = 0; i < keys.Count; i++)
            texts.Add(keys[i].Text);
        return texts.MoveToImmutable();
    }

    public static SettingOperation Operation(ApiMethod method, string? op, KeyName? key, KeyName? path, RawJson? value) => op switch
    {
        null or "set" => new SettingOperation(
            OperationKind.Set, Key(method, key, path), value?.Utf8 ?? throw Invalid(method, "'value' is required to set a key; send 'op': \"unset\" to remove it.")),
        "unset" when value is null => new SettingOperation(OperationKind.Unset, Key(method, key, path), Value: null),
        "unset" => throw Invalid(method, "'value' must be absent where 'op' is unset."),
        _ => throw Invalid(method, "'op' must be set or unset."),
    };

    public static ImmutableArray<string>? Names(ApiMethod method, string member, IReadOnlyList<string>? names)
    {
        if (names is null)
            return null;
        // The reader of JSON does not look for null inside of arrays.
        return names.Contains(null!) ? throw Invalid(method, $"'{member}' must be names.") : [.. names];
    }

    /// <summary>A number of things between 1 and <paramref name="most"/>.</summary>
    public static int Limit(ApiMethod method, int? limit, int usual, int most) => limit switch
    {
        null => usual,
        { } number when number >= 1 && number <= most => number,
        _ => throw Invalid(method, $"'limit' must be from 1 to {most}."),
    };
}
