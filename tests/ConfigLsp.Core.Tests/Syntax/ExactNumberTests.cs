using System.Globalization;
using System.Numerics;
using System.Text;
using ConfigLsp.Core.Syntax;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigLsp.Core.Tests.Syntax;

public sealed class ExactNumberTests
{
    [Theory]
    [InlineData("9007199254740992", "9007199254740993", -1)]
    [InlineData("1", "1.0", 0)]
    [InlineData("100", "1e2", 0)]
    [InlineData("-0", "0", 0)]
    [InlineData("0.1", "0.10000000000000000000000000000000001", -1)]
    [InlineData("1e400", "1e399", 1)]
    [InlineData("-1e400", "1e-400", -1)]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567891", -1)]
    [InlineData("1e999999999999999999999", "1", 1)]
    [InlineData("0.001", "1e-3", 0)]
    public void Comparison_is_exact(string left, string right, int expected)
    {
        Assert.Equal(expected, Math.Sign(Parse(left).CompareTo(Parse(right))));
        Assert.Equal(-expected, Math.Sign(Parse(right).CompareTo(Parse(left))));
        Assert.Equal(expected == 0, Parse(left) == Parse(right));
    }

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("1e-3", false)]
    [InlineData("1.5e1", true)]
    [InlineData("1e400", true)]
    [InlineData("0.0", true)]
    public void A_number_without_a_fraction_is_an_integer(string lexeme, bool expected) => Assert.Equal(expected, Parse(lexeme).IsInteger);

    [Theory]
    [InlineData("4.5", "1.5", true)]
    [InlineData("0.0075", "0.0001", true)]
    [InlineData("0.00751", "0.0001", false)]
    [InlineData("1e308", "0.5", true)]
    [InlineData("1e308", "0.123456789", false)]
    [InlineData("35", "1.5", false)]
    [InlineData("0", "7", true)]
    [InlineData("9007199254740993", "2", false)]
    public void Multiples_are_exact(string lexeme, string divisor, bool expected) => Assert.Equal(expected, Parse(lexeme).IsMultipleOf(Parse(divisor)));

    [Fact]
    public void Any_two_decimals_compare_as_scaled_integers_do()
    {
        var part = Gen.Choose(-5000, 5000).Two();
        Check.QuickThrowOnFailure(Prop.ForAll(part.Two().ToArbitrary(), static pair =>
        {
            var ((a, scaleA), (b, scaleB)) = pair;
            var (exponentA, exponentB) = (scaleA % 30, scaleB % 30);
            var expected = (a * BigInteger.Pow(10, exponentA + 30)).CompareTo(b * BigInteger.Pow(10, exponentB + 30));
            var actual = Parse(Lexeme(a, exponentA)).CompareTo(Parse(Lexeme(b, exponentB)));
            Assert.Equal(Math.Sign(expected), Math.Sign(actual));
        }));
    }

    [Fact]
    public void Any_long_decimals_compare_and_divide_as_scaled_integers_do()
    {
        var digits = Gen.Choose(0, int.MaxValue - 1);
        Check.QuickThrowOnFailure(Prop.ForAll(digits.ToArbitrary(), static seed =>
        {
            var random = new Random(seed);
            var ((a, scaleA), (b, scaleB)) = (Number(random), Number(random));
            var (left, right) = (Parse($"{a}e{scaleA}"), Parse($"{b}e{scaleB}"));
            var (scaledLeft, scaledRight) = (a * BigInteger.Pow(10, scaleA + 40), b * BigInteger.Pow(10, scaleB + 40));
            Assert.Equal(Math.Sign(scaledLeft.CompareTo(scaledRight)), Math.Sign(left.CompareTo(right)));
            Assert.Equal(scaledLeft == scaledRight, left == right);
            Assert.Equal(!scaledRight.IsZero ? (scaledLeft % scaledRight).IsZero : scaledLeft.IsZero, left.IsMultipleOf(right));
            Assert.True(Parse($"{a * b}e{Math.Abs(scaleA) + scaleB}").IsMultipleOf(right) || b.IsZero);
            Assert.Equal(Parse($"{a}e{scaleA}").GetHashCode(), Parse($"{a * 1000}e{scaleA - 3}").GetHashCode());
        }));

        static (BigInteger Mantissa, int Scale) Number(Random random)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 700)).Select(_ => (char)('0' + (random.Next(3) == 0 ? 0 : random.Next(10)))));
            return (BigInteger.Parse(random.Next(3) == 0 ? text[..Math.Min(text.Length, 3)] : text, CultureInfo.InvariantCulture), random.Next(-20, 20));
        }
    }

    private static string Lexeme(int mantissa, int exponent) => mantissa.ToString(CultureInfo.InvariantCulture) + "e" + exponent.ToString(CultureInfo.InvariantCulture);

    private static ExactNumber Parse(string lexeme) => ExactNumber.Parse(Encoding.UTF8.GetBytes(lexeme));
}
