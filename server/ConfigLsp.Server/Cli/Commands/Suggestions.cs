using System.CommandLine;
using System.Globalization;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary>
/// Answers the scripts of <see cref="CompletionCommand"/>: <c>configlsp [suggest:POSITION] "LINE"</c> prints the words that may stand at the
/// position, one a line. The convention is that of <c>dotnet-suggest</c>, so its shim works as well.
/// </summary>
internal static class Suggestions
{
    private const string Prefix = "[suggest";

    public static bool IsRequest(IReadOnlyList<string> arguments) => arguments.Count > 0 && arguments[0].StartsWith(Prefix, StringComparison.Ordinal);

    public static int Write(Command root, ParserConfiguration parsing, IReadOnlyList<string> arguments, TextWriter output)
    {
        var line = arguments.Count > 1 ? arguments[1] : string.Empty;
        var position = Position(arguments[0], line.Length);

        // The first word is whatever the program was called by: a path, an alias. The parser knows it by its own name.
        line = line[..position].TrimStart();
        var end = line.IndexOfAny([' ', '\t']);
        line = root.Name + (end < 0 ? " " : line[end..]);

        // "--format=" asks for the same as "--format ".
        var word = line.LastIndexOf(' ') + 1;
        var assigned = line.IndexOf('=', word);
        if (assigned > 0 && line.AsSpan(word).StartsWith("--"))
        {
            line = $"{line[..assigned]} {line[(assigned + 1)..]}";
        }

        // Where nothing is typed yet and words are possible, options would only hide them.
        var items = root.Parse(line, parsing).GetCompletions(line.Length).ToList();
        var words = line.EndsWith(' ') ? items.Where(static i => i.Label is not ['-' or '/', ..]).ToList() : items;
        foreach (var item in words.Count > 0 ? words : items)
        {
            output.WriteLine(item.InsertText ?? item.Label);
        }

        output.Flush();
        return ExitCodes.Success;
    }

    private static int Position(string directive, int length)
    {
        var number = directive.AsSpan(Prefix.Length).Trim(":]");
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? Math.Min(position, length) : length;
    }
}
