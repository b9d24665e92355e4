package dev.ingestkit.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AwsNamesTest {

    @ParameterizedTest
    @CsvSource({
        "arn:aws:kinesis:us-east-1:000000000000:stream/events, kinesis, stream, events",
        "arn:aws:lambda:us-east-1:000000000000:function:writer:live, lambda, function, writer:live",
        "arn:aws:sqs:eu-west-1:123456789012:dead-letters, sqs, '', dead-letters",
        "arn:aws:s3:::bucket/key:1, s3, bucket, key:1",
        "arn:aws-cn:iam::123456789012:role/writer, iam, role, writer",
        "arn:aws:kinesis:us-east-1:000000000000:stream/s/consumer/c:1, kinesis, stream, s/consumer/c:1",
    })
    void arnsAreReadAndWrittenAsAwsWritesThem(String text, String service, String type, String name) {
        Arn arn = Arn.parse(text);

        assertThat(arn.service()).isEqualTo(service);
        assertThat(arn.resourceType()).isEqualTo(type);
        assertThat(arn.resourceName()).isEqualTo(name);
        assertThat(arn).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "events",
                "arn:aws:sqs",
                "urn:aws:sqs:r:a:q",
                "arn::sqs:r:a:q",
                "arn:aws::r:a:q",
                "arn:aws:sqs:r:a:"
            })
    void malformedArnsAreNamedInTheError(String text) {
        assertThat(Arn.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> Arn.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'%s' is not an ARN: ", text);
    }

    @Test
    void namesAreFoundInArnsAndInThemselves() {
        assertThat(List.of("arn:aws:sqs:r:a:letters", "arn:aws:kinesis:r:a:stream/letters", "letters"))
                .extracting(Arn::nameIn)
                .containsOnly("letters");
    }

    @Test
    void functionNamesIncludeTheirQualifier() {
        assertThat(List.of("arn:aws-cn:lambda:cn-north-1:123456789012:function:writer:live", "writer:live"))
                .extracting(Arn::qualifiedNameIn)
                .containsOnly("writer:live");
        assertThat(Arn.qualifiedNameIn("arn:aws:lambda:eu-central-1:123456789012:function:writer"))
                .isEqualTo("writer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shardId-000000000003", "shardId-3", "shard-3", "3", "shardId-03"})
    void shardIdsAreAcceptedInEveryFormThatKinesisAccepts(String text) {
        assertThat(ShardId.tryParse(text)).contains(new ShardId(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shard", "shardId-0000000000003", "shard-3 ", "-"})
    void textsWithoutAShardIndexAreNotShardIds(String text) {
        assertThat(ShardId.tryParse(text)).isEmpty();
    }

    @Test
    void shardIdsAreWrittenWithTwelveDigits() {
        ShardId shard = ShardId.parse("shardId-000000000012");

        assertThat(shard).hasToString("shardId-000000000012");
        assertThat(shard.label()).isEqualTo("shard-12");
        assertThatThrownBy(() -> ShardId.parse("shardId-12"))
                .hasMessage("'shardId-12' is not a shard id: expected shardId- with twelve digits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "writer:live",
                "function:writer:live",
                "123456789012:writer:live",
                "123456789012:function:writer:live",
                "eu-central-1:123456789012:function:writer:live",
                "arn:aws:lambda:eu-central-1:123456789012:function:writer:live"
            })
    void functionsAreNamedInEveryFormOfLambda(String text) {
        assertThat(FunctionReference.parse(text)).isEqualTo(new FunctionReference("writer", "live"));

        String unqualified = text.substring(0, text.length() - ":live".length());
        assertThat(FunctionReference.parse(unqualified)).isEqualTo(new FunctionReference("writer", null));
    }

    @Test
    void sequenceNumbersAreOrderedByValue() {
        assertThat(Stream.of("100", "99", "0", "00000000000000000000000000000000007", "101")
                        .map(SequenceNumber::parse)
                        .sorted())
                .extracting(SequenceNumber::digits)
                .containsExactly("0", "7", "99", "100", "101");
    }

    @Test
    void leadingZerosStayInTheTextAndCountForNothing() {
        SequenceNumber padded = SequenceNumber.parse("00042");

        assertThat(padded).hasToString("00042").isEqualTo(SequenceNumber.parse("42"));
        assertThat(padded).hasSameHashCodeAs(SequenceNumber.parse("42"));
        assertThat(padded).isLessThan(SequenceNumber.parse("043"));
    }

    @Test
    void rangesOfSequenceNumbersIncludeTheirEnds() {
        SequenceNumber first = SequenceNumber.parse("9");
        SequenceNumber last = SequenceNumber.parse("11");

        assertThat(first.isBetween(first, last)).isTrue();
        assertThat(last.isBetween(first, last)).isTrue();
        assertThat(SequenceNumber.parse("12").isBetween(first, last)).isFalse();
        assertThat(SequenceNumber.parse("8").isBetween(first, last)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e3", "x", "TRIM_HORIZON"})
    void textsOtherThanDigitsAreNotSequenceNumbers(String text) {
        assertThat(SequenceNumber.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> SequenceNumber.parse(text))
                .hasMessage("'%s' is not a sequence number: expected 1 to 128 digits", text);
    }
}
