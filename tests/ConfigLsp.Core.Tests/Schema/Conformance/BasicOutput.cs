using System.Text;
using System.Text.Json;
using ConfigLsp.Core.Schema.Output;

namespace ConfigLsp.Core.Tests.Schema.Conformance;

/// <summary>Writes output in the basic format (2020-12 Core, section 12.4.2): the facts are the engine's, only the form is made here.</summary>
internal static class BasicOutput
{
    public static string Write(SchemaOutput output)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", output.IsValid);
            json.WriteString("keywordLocation", string.Empty);
            json.WriteString("instanceLocation", string.Empty);
            json.WriteStartArray(output.IsValid ? "annotations" : "errors");
            foreach (var unit in output.Units)
            {
                Write(json, unit, output.IsValid);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, OutputUnit unit, bool isValid)
    {
        json.WriteStartObject();
        json.WriteBoolean("valid", isValid);
        json.WriteString("keywordLocation", unit.KeywordLocation);
        if (unit.AbsoluteKeywordLocation is { } absolute)
        {
            json.WriteString("absoluteKeywordLocation", absolute);
        }

        json.WriteString("instanceLocation", unit.InstanceLocation);
        if (unit.Error is { } error)
        {
            json.WriteString("error", error);
        }

        if (unit.Annotation is { } annotation)
        {
            json.WritePropertyName("annotation");
            json.WriteRawValue(annotation);
        }

        json.WriteEndObject();
    }
}
