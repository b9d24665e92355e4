package dev.ingestkit.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultRulesTest {

    private final List<String> injected = new ArrayList<>();
    private final FaultRules rules =
            new FaultRules((rule, target) -> injected.add(rule.specification() + " " + target));

    private List<Integer> hits(FaultStage stage, int calls) {
        return IntStream.rangeClosed(1, calls)
                .filter(call -> rules.next(stage, "event-" + call).isPresent())
                .boxed()
                .toList();
    }

    @Test
    void injectsOnlyAtItsStage() {
        rules.add(FaultRule.parse("sqs:error"));

        assertThat(hits(FaultStage.DYNAMODB, 3)).isEmpty();
        assertThat(hits(FaultStage.SQS, 3)).containsExactly(1, 2, 3);
    }

    @Test
    void onlyStagesWithARuleAreActive() {
        assertThat(rules.isActive(FaultStage.SQS)).isFalse();

        rules.add(FaultRule.parse("sqs:error"));

        assertThat(rules.isActive(FaultStage.SQS)).isTrue();
        assertThat(rules.isActive(FaultStage.DYNAMODB)).isFalse();
    }

    @Test
    void injectsIntoTheNthCallOnly() {
        rules.add(FaultRule.parse("dynamodb:throttle,nth=3"));

        assertThat(hits(FaultStage.DYNAMODB, 10)).containsExactly(3);
    }

    @Test
    void injectsIntoEachNthCallUpToTheBound() {
        rules.add(FaultRule.parse("function-invoke:crash,every=4,times=2"));

        assertThat(hits(FaultStage.FUNCTION_INVOKE, 20)).containsExactly(4, 8);
    }

    @Test
    void theSameSeedInjectsIntoTheSameCalls() {
        rules.add(FaultRule.parse("kinesis-put:error,rate=0.3,seed=7"));
        List<Integer> first = hits(FaultStage.KINESIS_PUT, 200);
        rules.clear();
        rules.add(FaultRule.parse("kinesis-put:error,rate=0.3,seed=7"));

        assertThat(hits(FaultStage.KINESIS_PUT, 200)).isEqualTo(first).hasSizeBetween(30, 90);
    }

    @Test
    void injectsOnlyIntoMatchingTargets() {
        rules.add(FaultRule.parse("gateway:delay,delay=3s,match=event-1*"));

        assertThat(hits(FaultStage.GATEWAY, 12)).containsExactly(1, 10, 11, 12);
        assertThat(rules.next(FaultStage.GATEWAY, "event-1").orElseThrow().delay())
                .hasSeconds(3);
    }

    @Test
    void reportsEachFaultWithItsTarget() {
        rules.add(FaultRule.parse("secret:timeout,nth=1"));
        hits(FaultStage.SECRET, 2);

        assertThat(injected).containsExactly("secret:timeout,nth=1,seed=0 event-1");
    }

    @Test
    void specificationRoundTrips() {
        FaultRule rule = FaultRule.parse("kinesis-get:delay,rate=0.5,every=2,times=9,delay=20ms,match=a*b,seed=4");

        assertThat(FaultRule.parse(rule.specification())).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        dynamo:throttle              | 'dynamo' is not a stage
        dynamodb:thrtl               | 'thrtl' is not a kind
        dynamodb                     | must begin with STAGE:KIND
        dynamodb:crash               | stage 'dynamodb' has no fault 'crash'
        dynamodb:throttle,rate=2     | rate must be 0 to 1
        dynamodb:throttle,rate=often | rate must be 0 to 1, found 'often'
        dynamodb:throttle,nth=0      | nth must be at least 1
        dynamodb:throttle,nth=x      | nth must be a whole number
        dynamodb:delay,delay=5       | delay must be like 200ms or 3s
        dynamodb:delay,speed=5       | 'speed=5' is not an option
        """)
    void errorsNameTheInvalidPartOfASpecification(String specification, String complaint) {
        assertThatThrownBy(() -> FaultRule.parse(specification))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fault '" + specification + "'")
                .hasMessageContaining(complaint);
    }
}
