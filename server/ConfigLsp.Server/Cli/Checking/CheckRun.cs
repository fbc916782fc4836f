using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>One run of <c>configlsp check</c>: find, check on all cores, report in order.</summary>
internal sealed class CheckRun(CommandLineHost host, CheckRequest request, ICheckReport report)
{
    /// <summary>Bytes up to which a file is worth checking twice.</summary>
    private const long PreparedUpTo = 256 * 1024;

    private readonly CheckPlanner _planner = new(host, request, new FileLocator(host.WorkingDirectory));
    private CheckSummary _summary = new();
    private int _total;

    /// <summary>Runs to the end, or until cancelled; what was found until then is reported. Returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(
            host.Messages,
            host.MessagesTerminal.CanMoveCursor(host.Variable),
            host.MessagesTerminal.Width ?? 80,
            DescribeProgress,
            host.Time);
        progress.WriteAround(report.Begin);
        try
        {
            using var schemas = SchemaStores.Create(host, request.Access);
            var schemaUri = request.Schema is { } schema ? SchemaStores.ToUri(schema, host.WorkingDirectory) : null;
            if (schemaUri is null || await TryLoadAsync(schemas, schemaUri, progress, cancellationToken))
            {
                await CheckAsync(schemas, schemaUri, progress, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _summary = _summary with { Interrupted = true };
        }

        var exitCode = _summary.ExitCode(request.FailOn);
        progress.WriteAround(() => report.End(_summary, exitCode));
        return exitCode;
    }

    private async Task CheckAsync(SchemaStore schemas, string? schemaUri, ProgressLine progress, CancellationToken cancellationToken)
    {
        var checker = new FileChecker(host.Files, schemas, schemaUri);
        var plan = await PlanAsync(schemas, checker, cancellationToken);
        _total = plan.Targets.Count;
        schemas.SetWorkspaceFolders(plan.Folders);
        await foreach (var outcome in OrderedWork.RunAsync(plan.Targets, host.Parallelism, checker.CheckAsync, cancellationToken))
        {
            progress.WriteAround(() => Add(outcome));
        }
    }

    /// <summary>
    /// Finds the files. Where there is another core the first one is checked meanwhile, for nothing but its schema being compiled, and the
    /// program's own code for all of this, when the others are there.
    /// </summary>
    private async Task<CheckPlan> PlanAsync(SchemaStore schemas, FileChecker checker, CancellationToken cancellationToken)
    {
        var preparation = Task.CompletedTask;
        try
        {
            return await _planner.CreateAsync(Prepare, cancellationToken);
        }
        finally
        {
            await preparation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void Prepare(CheckTarget.OnDisk first, WorkspaceFolder folder)
        {
            if (host.Parallelism > 1 && host.Files.GetStatus(first.FullPath) is { IsSuccess: true, Value: { Kind: FileKind.File, Length: <= PreparedUpTo } })
            {
                schemas.AddWorkspaceFolder(folder);
                preparation = Task.Run(async () => _ = await checker.CheckAsync(first, cancellationToken), cancellationToken);
            }
        }
    }

    /// <summary>A schema that the person names must be usable, or else every file would pass.</summary>
    private async Task<bool> TryLoadAsync(SchemaStore schemas, string schemaUri, ProgressLine progress, CancellationToken cancellationToken)
    {
        var named = DocumentUri.Parse(schemaUri);
        schemas.AllowFolderOf(named);
        schemas.AllowAddress(named);
        var lookup = await schemas.GetSchemaByUriAsync(schemaUri, cancellationToken);
        if (lookup.Schema is null || lookup.IsPending || !lookup.Problems.IsEmpty)
        {
            var reason = lookup.Problems.IsEmpty ? "it takes too long to load." : lookup.Problems[0].Reason;
            progress.WriteAround(() => Add(new CheckOutcome.NotChecked(new CheckFailure(Location: null, "schema-not-loaded", $"The schema {request.Schema} could not be loaded: {reason}"))));
            return false;
        }

        foreach (var problem in lookup.Schema.Problems)
        {
            progress.WriteAround(() => Warn($"{problem.SchemaUri}#{problem.Pointer}: {problem.Message}"));
        }

        return true;
    }

    private void Warn(string message)
    {
        host.Messages.WriteLine($"configlsp: warning: {TerminalText.Sanitize(message)}");
        host.Messages.Flush();
    }

    private void Add(CheckOutcome outcome)
    {
        switch (outcome)
        {
            case CheckOutcome.Checked { File: var file }:
                _summary = _summary.With(file);
                report.Add(file);
                break;
            case CheckOutcome.NotChecked { Failure: var failure }:
                _summary = _summary with { Failures = _summary.Failures + 1 };
                report.Add(failure);
                break;
        }
    }

    private string DescribeProgress() => _total == 0
        ? $"Looking for settings files: {_planner.Found} found"
        : $"Checked {_summary.Files + _summary.Failures} of {_total} files: {_summary.Errors} errors, {_summary.Warnings} warnings";
}
