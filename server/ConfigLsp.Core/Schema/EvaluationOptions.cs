namespace ConfigLsp.Core.Schema;

/// <summary>Choices of one evaluation.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Checks every format and returns at most 1000 problems.</summary>
    public static readonly EvaluationOptions Default = new();

    /// <summary>When formats are checked.</summary>
    public FormatAssertion Formats { get; init; } = FormatAssertion.Always;

    /// <summary>The largest number of diagnostics returned; at least 1.</summary>
    public int MaxProblems { get; init; } = 1000;
}
