namespace ConfigLsp.Server.Cli.Checking;

/// <summary>What checking one target gave.</summary>
internal abstract record CheckOutcome
{
    private CheckOutcome()
    {
    }

    public sealed record Checked(CheckedFile File) : CheckOutcome;

    public sealed record NotChecked(CheckFailure Failure) : CheckOutcome;
}
