namespace ConfigLsp.Core.Schema.Dialects;

/// <summary>Groups of keywords that a dialect has or lacks (JSON Schema 2020-12 Core, section 8.1.2). Older drafts have fixed groups.</summary>
[Flags]
internal enum Vocabularies
{
    None = 0,
    Core = 1,
    Applicator = 2,
    Unevaluated = 4,
    Validation = 8,
    FormatAnnotation = 16,
    FormatAssertion = 32,
    Content = 64,
    MetaData = 128,
}
