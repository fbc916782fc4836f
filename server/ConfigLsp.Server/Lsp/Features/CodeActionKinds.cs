using ConfigLsp.Core.Features.CodeActions;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>The kinds of code actions by their names in the protocol (LSP 3.17, <c>CodeActionKind</c>).</summary>
internal static class CodeActionKinds
{
    public const string QuickFix = "quickfix";
    public const string Rewrite = "refactor.rewrite";
    public const string FixAll = "source.fixAll.configlsp";
    public const string Sort = "source.sort.configlsp";

    public static IReadOnlyList<string> All { get; } = [QuickFix, Rewrite, FixAll, Sort];

    public static string Of(CodeActionKind kind) => kind == CodeActionKind.Rewrite ? Rewrite : QuickFix;

    /// <summary>Whether a kind is among those that are asked for: itself, or a broader one. Without a word from the client no source action is.</summary>
    public static bool IsWanted(string kind, IReadOnlyList<string>? only) => only is null
        ? !kind.StartsWith("source.", StringComparison.Ordinal)
        : only.Any(wanted => wanted.Length == 0 || kind == wanted || kind.StartsWith(wanted + ".", StringComparison.Ordinal));
}
