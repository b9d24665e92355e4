package dev.ingestkit.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.events.Arn;
import org.junit.jupiter.api.Test;

/** The names by which users and pages call the parts of a stack. */
final class StackPartTest {

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
