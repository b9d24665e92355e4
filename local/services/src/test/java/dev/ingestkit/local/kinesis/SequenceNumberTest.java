package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequenceNumberTest {

    private static final long SEED = 20260101;

    @Test
    void isReadBackAsItWasWritten() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 20_000; round++) {
            SequenceNumber number = new SequenceNumber(
                    random.nextLong(1L << 32),
                    random.nextLong(Long.MAX_VALUE),
                    random.nextLong(1L << 36),
                    random.nextInt(Integer.MAX_VALUE));

            String text = number.toString();

            assertThat(text).as("seed %d, %s", SEED, number).hasSize(56);
            assertThat(new BigInteger(text)).isEqualTo(layout(number));
            assertThat(SequenceNumber.parse(text)).contains(number);
        }
    }

    private static BigInteger layout(SequenceNumber number) {
        return BigInteger.TWO
                .shiftLeft(36)
                .or(BigInteger.valueOf(number.createdSecond()))
                .shiftLeft(72)
                .or(BigInteger.valueOf(number.place()))
                .shiftLeft(40)
                .or(BigInteger.valueOf(number.arrivalSecond()))
                .shiftLeft(32)
                .or(BigInteger.valueOf(number.shardIndex()))
                .shiftLeft(4)
                .or(BigInteger.TWO);
    }

    @Test
    void risesWithThePlaceWhateverTheClockDoes() {
        String earlier = new SequenceNumber(1_767_225_600, 7, 1_767_229_999, 3).toString();
        String later = new SequenceNumber(1_767_225_600, 8, 1_767_225_600, 3).toString();

        assertThat(later).isGreaterThan(earlier);
    }

    @Test
    void isAboveEveryNumberOfAParentShardThatWasMadeASecondBefore() {
        String parentsEnd = new SequenceNumber(1_767_225_600, SequenceNumber.END_PLACE, 1_767_299_999, 0).toString();
        String childsStart = new SequenceNumber(1_767_225_601, 0, 1_767_225_601, 1).toString();

        assertThat(childsStart).isGreaterThan(parentsEnd);
    }

    @Test
    void isNotMadeOfAnythingElse() {
        assertThat(SequenceNumber.parse("0")).isEmpty();
        assertThat(SequenceNumber.parse("1".repeat(56))).isEmpty();
        assertThat(SequenceNumber.parse("9".repeat(56))).isEmpty();
        assertThat(SequenceNumber.parse("x".repeat(56))).isEmpty();
    }
}
