package dev.ingestkit.local.table.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.engine.ScanRequest.Segment;
import dev.ingestkit.local.table.item.DynamoNumber;
import dev.ingestkit.local.table.item.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeyRangeTest {
    private static final int RUNS = 20_000;
    /** All operators; the last one is not for numbers. */
    private static final List<Operator> OPERATORS = List.of(
            Operator.EQ, Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.BETWEEN, Operator.BEGINS_WITH);

    @Test
    void rangesSelectTheKeysOfTheirOperators() {
        Random random = new Random(7);
        for (int i = 0; i < RUNS; i++) {
            boolean numbers = random.nextBoolean();
            Value partition = Value.of(random.nextBoolean() ? "p" : "pp");
            Value sort = sort(random, numbers);
            Value first = sort(random, numbers);
            Value second = sort(random, numbers);
            Operator operator = OPERATORS.get(random.nextInt(numbers ? OPERATORS.size() - 1 : OPERATORS.size()));
            KeyCondition condition =
                    new KeyCondition(Value.of("p"), operator, first, operator == Operator.BETWEEN ? second : null);
            boolean expected = partition.equals(Value.of("p")) && Fixture.matches(operator, sort, first, second);
            KeyRange table = KeyRange.of(condition, false);
            assertThat(!table.isEmpty() && table.contains(KeyBytes.primary(partition, sort)))
                    .as("%s %s %s %s", sort, operator, first, second)
                    .isEqualTo(expected);
            KeyRange index = KeyRange.of(condition, true);
            byte[] entry = KeyBytes.concat(
                    KeyBytes.concat(KeyBytes.partition(partition, 0), KeyBytes.ended(sort)),
                    sort(random, false).payload());
            assertThat(!index.isEmpty() && index.contains(entry)).isEqualTo(expected);
        }
    }

    private static Value sort(Random random, boolean numbers) {
        if (numbers) {
            return Value.of(DynamoNumber.of(BigDecimal.valueOf(random.nextInt(41) - 20, random.nextInt(4) - 1)));
        }
        byte[] bytes = new byte[1 + random.nextInt(3)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) - 1);
        }
        return Value.of(bytes);
    }

    @Test
    void everyKeyIsInOneSegment() {
        Random random = new Random(8);
        for (int i = 0; i < RUNS; i++) {
            byte[] key = KeyBytes.primary(Value.of("key-" + random.nextLong()), null);
            int total = 1 + random.nextInt(random.nextBoolean() ? 5 : 1_000_000);
            int found = 0;
            long guess = ((KeyBytes.hashOf(key) & 0xffffffffL) * total) >>> 32;
            for (long number = Math.max(0, guess - 2); number < Math.min(total, guess + 3); number++) {
                found += KeyRange.of(new Segment((int) number, total)).contains(key) ? 1 : 0;
            }
            assertThat(found).isOne();
        }
    }
}
