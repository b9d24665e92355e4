package dev.ingestkit.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.events.Arn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names by which users and pages call the parts of a stack. */
final class StackPartTest {

    @ParameterizedTest
    @CsvSource({
        "Keep, Keep, true",
        "Keep, fleet-Keeper.Keep, true",
        "fleet-Keeper.Keep, fleet-Keeper.Keep, true",
        "eep, fleet-Keeper.Keep, false",
        "fleet-Keeper, fleet-Keeper.Keep, false"
    })
    void theNestedStacksNameOfALogicalIdMayBeLeftOut(String word, String logicalId, boolean expected) {
        assertThat(StackPart.isLogicalId(word, logicalId)).isEqualTo(expected);
    }

    @Test
    void theStreamOfATableHasTheTablesName() {
        assertThat(Arn.sourceNameIn(
                        "arn:aws:dynamodb:us-east-1:000000000000:table/books/stream/2026-11-29T15:00:00.000"))
                .isEqualTo("books");
        assertThat(Arn.sourceNameIn("arn:aws:kinesis:us-east-1:000000000000:stream/orders"))
                .isEqualTo("orders");
        assertThat(Arn.sourceNameIn("arn:aws:sqs:us-east-1:000000000000:jobs")).isEqualTo("jobs");
    }
}
