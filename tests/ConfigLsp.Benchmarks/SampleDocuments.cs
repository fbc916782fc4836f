using System.Globalization;
using System.Text;

namespace ConfigLsp.Benchmarks;

/// <summary>Settings documents of a given size, deterministic, with the mixture of keys, comments and nesting of real ones.</summary>
public static class SampleDocuments
{
    /// <summary>A document of about <paramref name="size"/> bytes.</summary>
    public static byte[] Create(int size)
    {
        var text = new StringBuilder("// Services of the fleet, one entry each.\n{\n  \"version\": 3,\n  \"services\": {\n");
        for (var i = 0; text.Length < size - 600; i++)
        {
            var name = i.ToString("D6", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $$"""
                    "service-{{name}}": {
                      "enabled": {{(i % 3 == 0 ? "false" : "true")}},
                      "endpoint": "https://service-{{name}}.example.com:8443/api/v2?region=eu-west-{{i % 4}}",
                      "timeoutMs": {{1000 + (i % 900)}}, // raised after the last incident
                      "weight": {{i % 100}}.25,
                      "tags": ["team-{{i % 17}}", "tier-{{i % 4}}", "critical"],
                      "retry": { "attempts": 3, "factor": 2.0, "note": "quote \" and tab \t are escaped" },
                      "owner": null
                    },

                """);
        }

        text.Length -= 2;
        text.Append("\n  }\n}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
