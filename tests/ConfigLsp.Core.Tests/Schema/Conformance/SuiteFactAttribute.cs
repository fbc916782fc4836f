namespace ConfigLsp.Core.Tests.Schema.Conformance;

/// <summary>A fact that needs a checkout of github.com/json-schema-org/JSON-Schema-Test-Suite, named by an environment variable.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SuiteFactAttribute : FactAttribute
{
    public const string Variable = "JSON_SCHEMA_TEST_SUITE";

    public SuiteFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(Root, "tests")))
        {
            Skip = $"Set {Variable} to a checkout of json-schema-org/JSON-Schema-Test-Suite to run the official conformance tests.";
        }
    }

    public static string Root => Environment.GetEnvironmentVariable(Variable) ?? string.Empty;
}
