namespace ConfigLsp.Core.Schema.Patterns;

/// <summary>What one instruction of a <see cref="BacktrackingProgram"/> does; X and Y are its operands.</summary>
internal enum BacktrackingOperation : byte
{
    /// <summary>The end of the pattern, or of what a look-around looks for.</summary>
    Match,

    /// <summary>One code point of the set.</summary>
    Set,

    /// <summary>From X to Y code points of the set, as many as possible; Y is -1 without a limit.</summary>
    SetLoop,

    /// <summary>Goes on at X, and if that fails at Y.</summary>
    Split,

    /// <summary>Goes on at X.</summary>
    Jump,

    /// <summary>Notes the position in register X.</summary>
    Save,

    /// <summary>Makes the registers from X to before Y unset.</summary>
    Reset,

    /// <summary>A place of the kind X.</summary>
    Anchor,

    /// <summary>What group X has matched; nothing if it took no part.</summary>
    BackReference,

    /// <summary>Looks for what stands behind this instruction, and goes on at X.</summary>
    Look,

    /// <summary>The same, going on if it is not found.</summary>
    NegativeLook,

    /// <summary>Begins a loop: its counter, register X, becomes 0.</summary>
    LoopStart,

    /// <summary>Decides whether loop X goes round once more.</summary>
    Loop,

    /// <summary>Begins a round of loop X.</summary>
    LoopBody,

    /// <summary>Ends a round of loop X.</summary>
    LoopEnd,
}

/// <summary>One instruction.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="X">First operand.</param>
/// <param name="Y">Second operand.</param>
/// <param name="Set">The code points.</param>
/// <param name="IsBackward">Whether the text is read from right to left, as within look-behind.</param>
internal readonly record struct BacktrackingInstruction(
    BacktrackingOperation Operation,
    int X = 0,
    int Y = 0,
    CodePointSet? Set = null,
    bool IsBackward = false);

/// <summary>A counted repetition.</summary>
/// <param name="Counter">The register that counts the rounds; the next one holds where the round began.</param>
/// <param name="Min">The least rounds.</param>
/// <param name="Max">The most rounds, or -1.</param>
/// <param name="IsLazy">Whether fewer rounds are tried first.</param>
/// <param name="Body">The first instruction of a round.</param>
/// <param name="Exit">The instruction behind the loop.</param>
internal readonly record struct BacktrackingLoop(int Counter, int Min, int Max, bool IsLazy, int Body, int Exit);
