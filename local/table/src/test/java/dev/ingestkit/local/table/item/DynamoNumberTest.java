package dev.ingestkit.local.table.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.table.error.TableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DynamoNumberTest {
    private static final int RUNS = 20_000;

    @Test
    void numbersKeepTheirValue() {
        Random random = new Random(1);
        for (int i = 0; i < RUNS; i++) {
            BigDecimal value = number(random);
            DynamoNumber parsed = DynamoNumber.parse(i % 2 == 0 ? value.toString() : value.toPlainString());
            assertThat(parsed.toBigDecimal()).isEqualByComparingTo(value);
            assertThat(new BigDecimal(parsed.toString())).isEqualByComparingTo(value);
            assertThat(DynamoNumber.of(value)).isEqualTo(parsed).hasSameHashCodeAs(parsed);
        }
    }

    @Test
    void sortableBytesOrderLikeNumbers() {
        Random random = new Random(2);
        for (int i = 0; i < RUNS; i++) {
            BigDecimal a = number(random);
            BigDecimal b =
                    i % 3 == 0 ? a.add(BigDecimal.ONE.movePointLeft(a.scale()).min(a.abs())) : number(random);
            if (b.precision() <= DynamoNumber.MAX_DIGITS) {
                int order = Arrays.compareUnsigned(
                        DynamoNumber.of(a).sortable(), DynamoNumber.of(b).sortable());
                assertThat(Integer.signum(order)).as("%s and %s", a, b).isEqualTo(a.compareTo(b));
            }
        }
    }

    @Test
    void sumsAndDifferencesAreExactOrRefused() {
        Random random = new Random(3);
        for (int i = 0; i < RUNS; i++) {
            BigDecimal a = number(random);
            BigDecimal b = number(random);
            BigDecimal sum = a.add(b);
            if (sum.stripTrailingZeros().precision() <= DynamoNumber.MAX_DIGITS) {
                assertThat(DynamoNumber.of(a).add(DynamoNumber.of(b)).toBigDecimal())
                        .isEqualByComparingTo(sum);
                assertThat(DynamoNumber.of(sum).subtract(DynamoNumber.of(b))).isEqualTo(DynamoNumber.of(a));
            } else {
                assertThatThrownBy(() -> DynamoNumber.of(a).add(DynamoNumber.of(b)))
                        .isInstanceOf(TableException.class);
            }
        }
    }

    private static BigDecimal number(Random random) {
        int digits = 1 + random.nextInt(DynamoNumber.MAX_DIGITS);
        BigInteger unscaled = new BigInteger(4 * digits, random).mod(BigInteger.TEN.pow(digits));
        int scale = random.nextInt(3) == 0 ? random.nextInt(160) - 80 : random.nextInt(7) - 3;
        BigDecimal value = new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
        return value;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.000e7, 0",
        "+1, 1",
        "007, 7",
        "1.50, 1.5",
        "-.5, -0.5",
        "5., 5",
        "1E3, 1000",
        "1e-3, 0.001",
        "12.5e1, 125",
        "-1.20e-2, -0.012",
    })
    void textIsCanonical(String text, String canonical) {
        assertThat(DynamoNumber.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,2", "-1,3", "12,2", "123,3", "1.2,3", "12.3,3", "0.1,2", "0.01,2", "100,2", "1234,3", "-12,3"
    })
    void sizeCountsPairsOfDigits(String text, int size) {
        assertThat(DynamoNumber.parse(text).size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1a", "--1", "1e", "1e+", ".", "-", " 1", "1 ", "0x10", "NaN", "Infinity", "1,5"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> DynamoNumber.parse(text))
                .hasMessage("The parameter cannot be converted to a numeric value: " + text);
    }

    @Test
    void limitsAreThoseOfDynamo() {
        assertThatThrownBy(() -> DynamoNumber.parse(""))
                .hasMessage("The parameter cannot be converted to a numeric value");
        assertThat(DynamoNumber.parse("9".repeat(38) + "e88")).hasToString("9".repeat(38) + "0".repeat(88));
        assertThat(DynamoNumber.parse("1e-130").toBigDecimal()).isEqualByComparingTo("1e-130");
        assertThatThrownBy(() -> DynamoNumber.parse("1e126"))
                .hasMessage("Number overflow. Attempting to store a number with magnitude larger than supported range");
        assertThatThrownBy(() -> DynamoNumber.parse("-1e9223372036854775807"))
                .hasMessage("Number overflow. Attempting to store a number with magnitude larger than supported range");
        assertThatThrownBy(() -> DynamoNumber.parse("1e9223372036854775808"))
                .hasMessage("The parameter cannot be converted to a numeric value: 1e9223372036854775808");
        assertThat(DynamoNumber.parse("0e125")).isEqualTo(DynamoNumber.parse("0"));
        assertThatThrownBy(() -> DynamoNumber.parse("1e-131"))
                .hasMessage(
                        "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        assertThatThrownBy(() -> DynamoNumber.parse("1".repeat(39)))
                .hasMessage("Attempting to store more than 38 significant digits in a Number");
        assertThat(DynamoNumber.parse("1".repeat(38) + "000")).hasToString("1".repeat(38) + "000");
    }
}
