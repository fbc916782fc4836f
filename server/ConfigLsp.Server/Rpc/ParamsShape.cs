using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Rpc;

/// <summary>How the single parameter of a method stands in <c>params</c>.</summary>
internal enum ParamsShape
{
    /// <summary>
    /// The parameter is an object, sent by name (<c>{…}</c>) or by position (<c>[{…}]</c>).
    /// Omitted, <c>null</c>, <c>[]</c> and <c>[null]</c> are read as <c>{}</c>.
    /// </summary>
    Object,

    /// <summary>
    /// The parameter is a bare value or an array, sent as it is (<c>"a"</c>, <c>["a","b"]</c>) or by position (<c>["a"]</c>, <c>[["a","b"]]</c>).
    /// A single element is taken for the parameter, except an object or scalar where the parameter is an array,
    /// and an object where the parameter is a <see cref="System.Text.Json.JsonElement"/>.
    /// </summary>
    Value,
}

/// <summary>The parameter of methods that take none; whatever members a client sends are ignored.</summary>
internal sealed record NoParams;

/// <summary>The result of methods that return none: <c>null</c> on the wire.</summary>
[JsonConverter(typeof(NoResultConverter))]
internal readonly record struct NoResult;
