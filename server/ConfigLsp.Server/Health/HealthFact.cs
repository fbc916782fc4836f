using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Health;

/// <summary>One scalar of a health report: a text, a number or a truth value.</summary>
[JsonConverter(typeof(HealthFactConverter))]
internal readonly record struct HealthFact
{
    private HealthFact(object value) => Value = value;

    public object Value { get; }

    public static implicit operator HealthFact(string value) => new(value);

    public static implicit operator HealthFact(long value) => new(value);

    public static implicit operator HealthFact(bool value) => new(value);
}
