using System.Globalization;
using System.Numerics;
using System.Text;

namespace ConfigLsp.Core.Syntax;

/// <summary>
/// A decimal number exactly as written: ±mantissa · 10^exponent, the mantissa without trailing zeros. Comparisons lose nothing, whatever the
/// number of digits. Exponents are limited to ±10^15, beyond which they saturate.
/// </summary>
public readonly struct ExactNumber : IEquatable<ExactNumber>, IComparable<ExactNumber>
{
    private const long MaxExponent = 1_000_000_000_000_000;

    /// <summary>Digits that always fit in <see cref="ulong"/>.</summary>
    private const int SmallDigits = 19;

    private const int ChunkDigits = 256;

    private readonly bool _negative;
    private readonly ulong _small;
    private readonly byte[]? _large;
    private readonly long _exponent;
    private readonly int _digits;

    private ExactNumber(bool negative, ulong small, byte[]? large, long exponent, int digits)
    {
        _negative = negative;
        _small = small;
        _large = large;
        _exponent = exponent;
        _digits = digits;
    }

    /// <summary>Whether the number is 0.</summary>
    public bool IsZero => _digits == 0;

    /// <summary>Whether the number has no fraction, however it is written: <c>1.0</c> and <c>1e3</c> have none.</summary>
    public bool IsInteger => _exponent >= 0;

    /// <summary>Number of significant digits.</summary>
    public int Digits => _digits;

    /// <summary>Parses a lexeme of RFC 8259 section 6. The result of any other text is undefined but harmless.</summary>
    public static ExactNumber Parse(ReadOnlySpan<byte> lexeme)
    {
        var negative = lexeme.Length > 0 && lexeme[0] == (byte)'-';
        var unsigned = negative ? lexeme[1..] : lexeme;
        var e = unsigned.IndexOfAny((byte)'e', (byte)'E');
        var exponent = e < 0 ? 0 : ParseExponent(unsigned[(e + 1)..]);
        var digits = e < 0 ? unsigned : unsigned[..e];
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? default : digits[(point + 1)..].TrimEnd((byte)'0');
        whole = whole.TrimStart((byte)'0');
        exponent -= fraction.Length;
        if (whole.IsEmpty)
        {
            fraction = fraction.TrimStart((byte)'0');
        }

        if (fraction.IsEmpty)
        {
            var trimmed = whole.TrimEnd((byte)'0');
            exponent += whole.Length - trimmed.Length;
            whole = trimmed;
        }

        var count = whole.Length + fraction.Length;
        if (count == 0)
        {
            return default;
        }

        if (count > SmallDigits)
        {
            // The digits are kept rather than converted, which would take more than linear time.
            return new ExactNumber(negative, 0, [.. whole, .. fraction], Saturate(exponent), count);
        }

        var small = 0UL;
        foreach (var digit in whole)
        {
            small = (small * 10) + (uint)(digit - '0');
        }

        foreach (var digit in fraction)
        {
            small = (small * 10) + (uint)(digit - '0');
        }

        return new ExactNumber(negative, small, null, Saturate(exponent), count);
    }

    /// <summary>An integer as an exact number.</summary>
    public static ExactNumber From(long value) => Parse(Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));

    public static bool operator ==(ExactNumber left, ExactNumber right) => left.Equals(right);

    public static bool operator !=(ExactNumber left, ExactNumber right) => !left.Equals(right);

    public static bool operator <(ExactNumber left, ExactNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(ExactNumber left, ExactNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(ExactNumber left, ExactNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ExactNumber left, ExactNumber right) => left.CompareTo(right) >= 0;

    /// <summary>Whether this is an integer times <paramref name="divisor"/>, computed exactly. Nothing but 0 is a multiple of 0.</summary>
    public bool IsMultipleOf(ExactNumber divisor)
    {
        if (IsZero || divisor.IsZero)
        {
            return IsZero;
        }

        var shift = _exponent - divisor._exponent;
        if (shift < 0)
        {
            // The last digit of this number is not 0, and stands behind the last digit that a multiple can have.
            return false;
        }

        if (_large is null && divisor._large is null && shift <= SmallDigits)
        {
            var (left, right) = Aligned(divisor);
            return left % right == 0;
        }

        // Modular exponentiation keeps 1e308 and worse cheap.
        var modulus = divisor._large is null ? divisor._small : BigInteger.Parse(divisor.DigitText(), NumberStyles.None, CultureInfo.InvariantCulture);
        return (Modulo(modulus) * BigInteger.ModPow(10, shift, modulus) % modulus).IsZero;
    }

    /// <summary>The value as a non-negative <see cref="int"/>, or null if it is negative, has a fraction or is larger.</summary>
    public int? ToNonNegativeInt32()
    {
        if (IsZero)
        {
            return 0;
        }

        if (_negative || _exponent < 0 || _exponent + _digits > 10)
        {
            return null;
        }

        var value = _small;
        for (var i = 0; i < _exponent; i++)
        {
            value *= 10;
        }

        return value <= int.MaxValue ? (int)value : null;
    }

    /// <inheritdoc />
    public int CompareTo(ExactNumber other)
    {
        if (IsZero || other.IsZero || _negative != other._negative)
        {
            return Sign(this).CompareTo(Sign(other));
        }

        var magnitude = CompareMagnitude(other);
        return _negative ? -magnitude : magnitude;
    }

    /// <inheritdoc />
    public bool Equals(ExactNumber other) =>
        _negative == other._negative && _small == other._small && _exponent == other._exponent && _digits == other._digits
        && _large.AsSpan().SequenceEqual(other._large);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is ExactNumber other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(_negative);
        hash.Add(_small);
        hash.Add(_exponent);
        hash.AddBytes(_large);
        return hash.ToHashCode();
    }

    /// <summary>Both mantissas in units of the smaller exponent; for small mantissas whose exponents differ by at most <see cref="SmallDigits"/>.</summary>
    private (UInt128 Left, UInt128 Right) Aligned(ExactNumber other)
    {
        UInt128 left = _small;
        UInt128 right = other._small;
        for (var shift = _exponent - other._exponent; shift != 0; shift -= Math.Sign(shift))
        {
            if (shift > 0)
            {
                left *= 10;
            }
            else
            {
                right *= 10;
            }
        }

        return (left, right);
    }

    private static int Sign(ExactNumber number) => number.IsZero ? 0 : number._negative ? -1 : 1;

    private static long Saturate(long exponent) => Math.Clamp(exponent, -MaxExponent, MaxExponent);

    private static long ParseExponent(ReadOnlySpan<byte> text)
    {
        var negative = text.Length > 0 && text[0] == (byte)'-';
        var value = 0L;
        foreach (var digit in text)
        {
            if (char.IsAsciiDigit((char)digit) && value < MaxExponent)
            {
                value = (value * 10) + (digit - '0');
            }
        }

        return negative ? -value : value;
    }

    private int CompareMagnitude(ExactNumber other)
    {
        // The place of the first digit decides, unless both have it at the same place; then the exponents differ by less than the digits.
        var place = (_exponent + _digits).CompareTo(other._exponent + other._digits);
        if (place != 0)
        {
            return place;
        }

        if (_large is null && other._large is null)
        {
            var (left, right) = Aligned(other);
            return left.CompareTo(right);
        }

        // With the first digits at one place, what is not written is 0; neither ends in one.
        Span<byte> own = stackalloc byte[SmallDigits];
        Span<byte> others = stackalloc byte[SmallDigits];
        return DigitsInto(own).SequenceCompareTo(other.DigitsInto(others));
    }

    private ReadOnlySpan<byte> DigitsInto(Span<byte> buffer) =>
        _large is not null ? _large : _small.TryFormat(buffer, out var length, default, CultureInfo.InvariantCulture) ? buffer[..length] : default;

    private string DigitText() => Encoding.ASCII.GetString(DigitsInto(stackalloc byte[SmallDigits]));

    /// <summary>The mantissa modulo another number, in time linear in the digits.</summary>
    private BigInteger Modulo(BigInteger modulus)
    {
        if (_large is null)
        {
            return _small % modulus;
        }

        var rest = BigInteger.Zero;
        var scale = BigInteger.Pow(10, ChunkDigits);
        var text = DigitText();
        for (var at = 0; at < text.Length; at += ChunkDigits)
        {
            var chunk = text.AsSpan(at, Math.Min(ChunkDigits, text.Length - at));
            var factor = chunk.Length == ChunkDigits ? scale : BigInteger.Pow(10, chunk.Length);
            rest = ((rest * factor) + BigInteger.Parse(chunk, NumberStyles.None, CultureInfo.InvariantCulture)) % modulus;
        }

        return rest;
    }
}
