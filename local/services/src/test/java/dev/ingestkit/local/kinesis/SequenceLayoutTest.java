package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.events.SequenceNumber;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequenceLayoutTest {

    private static final long SEED = 20260101;

    @Test
    void numbersAreReadBackAsWritten() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 20_000; round++) {
            SequenceLayout number = new SequenceLayout(
                    random.nextLong(1L << 32),
                    random.nextLong(Long.MAX_VALUE),
                    random.nextLong(1L << 36),
                    random.nextInt(Integer.MAX_VALUE));

            SequenceNumber text = number.toSequenceNumber();

            assertThat(text.toString()).as("seed %d, %s", SEED, number).hasSize(56);
            assertThat(new BigInteger(text.toString())).isEqualTo(layout(number));
            assertThat(SequenceLayout.of(text)).contains(number);
        }
    }

    private static BigInteger layout(SequenceLayout number) {
        return BigInteger.TWO
                .shiftLeft(36)
                .or(BigInteger.valueOf(number.createdSecond()))
                .shiftLeft(72)
                .or(BigInteger.valueOf(number.ordinal()))
                .shiftLeft(40)
                .or(BigInteger.valueOf(number.arrivalSecond()))
                .shiftLeft(32)
                .or(BigInteger.valueOf(number.shardIndex()))
                .shiftLeft(4)
                .or(BigInteger.TWO);
    }

    @Test
    void numbersIncreaseWithTheOrdinalWhenTheClockGoesBack() {
        SequenceNumber earlier = new SequenceLayout(1_767_225_600, 7, 1_767_229_999, 3).toSequenceNumber();
        SequenceNumber later = new SequenceLayout(1_767_225_600, 8, 1_767_225_600, 3).toSequenceNumber();

        assertThat(later).isGreaterThan(earlier);
    }

    @Test
    void numbersOfAChildExceedThoseOfItsParent() {
        SequenceNumber parentsEnd =
                new SequenceLayout(1_767_225_600, SequenceLayout.END_ORDINAL, 1_767_299_999, 0).toSequenceNumber();
        SequenceNumber childsStart = new SequenceLayout(1_767_225_601, 0, 1_767_225_601, 1).toSequenceNumber();

        assertThat(childsStart).isGreaterThan(parentsEnd);
    }

    @Test
    void otherNumbersHaveNoLayout() {
        assertThat(SequenceLayout.of(SequenceNumber.parse("0"))).isEmpty();
        assertThat(SequenceLayout.of(SequenceNumber.parse("1".repeat(56)))).isEmpty();
        assertThat(SequenceLayout.of(SequenceNumber.parse("9".repeat(56)))).isEmpty();
    }
}
