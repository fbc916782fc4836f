using System.Buffers;
using System.Text;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;

namespace ConfigLsp.Server.Logging;

/// <summary>
/// Writes each entry as one line of JSON: timestamp, level, message, instanceId, service, requestId where there is one, and context, an object of scalars.
/// </summary>
internal sealed class JsonLinesFormatter(string instanceId, string service) : ITextFormatter
{
    /// <summary>The property that becomes <c>requestId</c> instead of a member of <c>context</c>.</summary>
    public const string RequestId = "requestId";

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, logEvent);
        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Write('\n');
    }

    private void Write(Utf8JsonWriter writer, LogEvent entry)
    {
        writer.WriteStartObject();
        writer.WriteString("timestamp"u8, entry.Timestamp.UtcDateTime);
        writer.WriteString("level"u8, LogLevels.NameOf(entry.Level));
        writer.WriteString("message"u8, entry.MessageTemplate.Text);
        writer.WriteString("instanceId"u8, instanceId);
        writer.WriteString("service"u8, service);
        if (entry.Properties.TryGetValue(RequestId, out LogEventPropertyValue? id))
            WriteScalar(writer, RequestId, id);
        writer.WriteStartObject("context"u8);
        foreach ((string name, LogEventPropertyValue value) in entry.Properties)
        {
            if (name != RequestId)
                WriteScalar(writer, name, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteScalar(Utf8JsonWriter writer, string name, LogEventPropertyValue value)
    {
        switch ((value as ScalarValue)?.Value)
        {
            case bool truth:
                writer.WriteBoolean(name, truth);
                break;
            case int number:
                writer.WriteNumber(name, number);
                break;
            case long number:
                writer.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumber(name, number);
                break;
            case { } other:
                writer.WriteString(name, other.ToString());
                break;
            default:
                writer.WriteNull(name);
                break;
        }
    }
}
