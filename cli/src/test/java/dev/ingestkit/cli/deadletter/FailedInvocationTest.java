package dev.ingestkit.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FailedInvocationTest {

    private static final String REPORT = """
            {"version":"1.0","requestContext":{"functionArn":"arn:aws:lambda:us-east-1:000000000000:function:job:$LATEST",
            "condition":"%s"},"requestPayload":{"n":1},"responsePayload":null}""";

    @Test
    void aReportOfFailureNamesTheFunction() {
        assertThat(FailedInvocation.of(REPORT.formatted("RetriesExhausted")))
                .hasValueSatisfying(failed -> assertThat(failed.function()).isEqualTo("job"));
    }

    @Test
    void aReportOfSuccessIsNotADeadLetter() {
        assertThat(FailedInvocation.of(REPORT.formatted("Success"))).isEmpty();
    }
}
