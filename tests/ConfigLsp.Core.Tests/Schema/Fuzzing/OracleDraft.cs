namespace ConfigLsp.Core.Tests.Schema.Fuzzing;

internal enum OracleDraft
{
    Draft04,
    Draft06,
    Draft07,
    Draft201909,
    Draft202012,
}
