using System.Text;
using System.Text.Encodings.Web;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>Reads the value of <c>configlsp set</c>: literal text where the schema says that it is a string, else JSON.</summary>
internal static class ValueArgument
{
    /// <summary>Stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The value as JSON.</summary>
    /// <param name="text">What was typed or read.</param>
    /// <param name="key">The key, for messages.</param>
    /// <param name="schema">What the schema says about the key; null if there is no schema.</param>
    /// <param name="failure">Why it is none.</param>
    public static ReadOnlyMemory<byte>? Read(string text, string key, SchemaKey? schema, out CommandFailure? failure)
    {
        failure = null;
        if (schema is { State: KeyState.Known, Types: InstanceTypes.String })
        {
            return Encoding.UTF8.GetBytes($"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"");
        }

        var value = Encoding.UTF8.GetBytes(text);
        var tree = JsonParser.Parse(SourceText.FromUtf8(value));
        if (tree.Errors.IsEmpty && !tree.Root.IsNone)
        {
            return value;
        }

        // Where a text is possible too, quotes may be all that is missing.
        var mayBeText = schema is null or { State: KeyState.Open } || (schema.Types & InstanceTypes.String) != 0;
        // The finding's own message quotes the text, which was perhaps not meant to be seen.
        var reason = tree.Root.IsNone ? "There is nothing." : schema is null or { MayHoldSecret: true } ? "It breaks the syntax." : tree.Errors[0].Message;
        failure = CommandFailure.Of(new ServiceError(ServiceErrors.ValidationFailed, $"The value of {key} must be JSON, which this is not: {reason}") { Key = key }) with
        {
            Help = mayBeText
                ? "Write a text with quotes of its own, such as '\"some text\"'. Nothing was changed."
                : "Write a number, true, false, null, an array or an object as JSON. Nothing was changed.",
        };
        return null;
    }

    /// <summary>Standard input as text; a line end at its end is not part of it.</summary>
    public static async Task<(string? Text, CommandFailure? Failure)> ReadStandardInputAsync(Stream input, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await input.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                content.Write(buffer, 0, read);
                if (content.Length > ConfigurationService.MaxValueBytes + 2)
                {
                    return (null, new ServiceError(ServiceErrors.LimitExceeded, $"Standard input is larger than {ConfigurationService.MaxValueBytes >> 20} MiB, the most that a value may have."));
                }
            }
        }
        catch (IOException exception)
        {
            return (null, CommandFailure.Usage($"Standard input could not be read: {exception.Message}"));
        }

        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content.GetBuffer(), 0, (int)content.Length);
            return (text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text, null);
        }
        catch (DecoderFallbackException)
        {
            return (null, CommandFailure.Usage("Standard input is not in UTF-8."));
        }
    }
}
