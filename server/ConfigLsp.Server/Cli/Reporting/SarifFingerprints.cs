using System.Security.Cryptography;
using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Cli.Reporting;

/// <summary>
/// Names each finding of one file by what it is about rather than where it stands (SARIF 2.1.0 section 3.27.17), so that a service
/// recognises it after lines were added above it.
/// </summary>
internal sealed class SarifFingerprints(SourceText text)
{
    private const int LongestLine = 1024;

    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>The fingerprint of the next finding of the file: 32 hexadecimal digits.</summary>
    public string Next(Diagnostic diagnostic)
    {
        // A setting is named by its path; a finding without one, such as a syntax error, by the line that it is on.
        var subject = diagnostic.Data?.Path ?? Line(diagnostic.Span);
        var identity = $"{diagnostic.Descriptor.Id}\n{subject}";
        var occurrence = _seen.GetValueOrDefault(identity);
        _seen[identity] = occurrence + 1;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{identity}\n{occurrence}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    private string Line(TextSpan span)
    {
        var line = text.Lines.GetLineSpan(text.Lines.GetLine(Math.Min(span.Start, text.Length)));
        return text.ToString(new TextSpan(line.Start, Math.Min(line.Length, LongestLine))).Trim();
    }
}
