package dev.ingestkit.cli.plan;

import static dev.ingestkit.cli.plan.CapacityMode.ON_DEMAND;
import static dev.ingestkit.cli.plan.CapacityMode.PROVISIONED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanTest {

    private static final PriceList PRICES = PriceList.ofTheTool();
    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("ingest.root")));

    private static Plan plan(double rate, long bytes, CapacityMode mode) {
        return Plan.of(new Load(rate, bytes), mode, Assumptions.DEFAULT, PRICES);
    }

    @ParameterizedTest(name = "{0} events/s of {1} bytes need {2} shards")
    @CsvSource({
        "1, 100, 1", // the minimum is one
        "800, 100, 1", // a thousand records, with a fifth kept free
        "801, 100, 2",
        "2000, 4096, 10", // 7.9 MB/s
        "100, 1000000, 120", // by size alone
    })
    void shardsAreEnoughForRecordsAndForBytes(double rate, long bytes, long shards) {
        assertThat(plan(rate, bytes, PROVISIONED).capacity().shards()).isEqualTo(shards);
    }

    @Test
    void slowWritesNeedMoreConcurrentBatchesThenMoreShards() {
        Load load = new Load(700, 100);
        Assumptions slow = new Assumptions(100, 16, 1_400, 0.2, 48, 30, false, false);
        Assumptions slower = new Assumptions(100, 16, 10_000, 0.2, 48, 30, false, false);

        Capacity quick = Capacity.of(load, PROVISIONED, Assumptions.DEFAULT);
        Capacity parallel = Capacity.of(load, PROVISIONED, slow);
        Capacity wide = Capacity.of(load, PROVISIONED, slower);

        assertThat(quick.parallelization()).isEqualTo(1);
        assertThat(parallel.shards()).isEqualTo(2);
        assertThat(parallel.parallelization()).isEqualTo(10);
        assertThat(wide.shards()).isGreaterThan(10);
        assertThat(wide.parallelization()).isEqualTo(10);
    }

    @Test
    void eventIsPaidByTheWriteUnitsOfItsItem() {
        assertThat(plan(100, 700, PROVISIONED).capacity().writeUnitsPerSecond()).isEqualTo(100);
        assertThat(plan(100, 4_096, PROVISIONED).capacity().writeUnitsPerSecond())
                .isEqualTo(500);
        assertThat(plan(1, 500_000, PROVISIONED).capacity().writeUnitsPerSecond())
                .as("489 KB in parts, written by a transaction")
                .isEqualTo(978);
    }

    @Test
    void millionEventsCostTheSumOfTheirLines() {
        Plan plan = plan(100, 1_000, PROVISIONED);
        double events = 100 * 730 * 3_600.0;

        double requests = 262_800_000 * 0.0000035;
        double shards = 1 * 730 * (0.015 + 0.02);
        double puts = events * 0.000000014;
        double writes = events * 2 * 0.000000625;
        assertThat(cost(plan, "API Gateway", "requests")).isCloseTo(requests, within(0.01));
        assertThat(cost(plan, "Kinesis", "shards") + cost(plan, "Kinesis", "retention over 24 hours"))
                .isCloseTo(shards, within(0.01));
        assertThat(cost(plan, "Kinesis", "put units of 25 KB")).isCloseTo(puts, within(0.01));
        assertThat(cost(plan, "DynamoDB", "writes")).isCloseTo(writes, within(0.01));
        double sum = plan.details().costs().stream()
                .mapToDouble(item -> item.perMonth().doubleValue())
                .sum();
        assertThat(plan.price().perMonth().doubleValue()).isCloseTo(sum, within(0.2));
        assertThat(plan.price().perMillion().doubleValue()).isCloseTo(sum / events * 1_000_000, within(0.01));
    }

    private static double cost(Plan plan, String service, String what) {
        return plan.details().costs().stream()
                .filter(item -> item.service().equals(service) && item.what().equals(what))
                .mapToDouble(item -> item.perMonth().doubleValue())
                .sum();
    }

    @Test
    void priceFallsWithTheQuantity() {
        Price requests = PRICES.price("apigateway.request");

        assertThat(requests.of(333_000_000)).isEqualTo(1_165.5);
        assertThat(requests.of(1_000_000_000)).isCloseTo(1_165.5 + 1_867.6, within(0.001));
        assertThat(requests.of(0)).isZero();
    }

    @Test
    void moreEventsNeverNeedOrCostLess() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            CapacityMode mode = random.nextBoolean() ? PROVISIONED : ON_DEMAND;
            long bytes = 1L + random.nextInt(1_000_000);
            double rate = 1 + random.nextInt(100_000);
            Plan less = plan(rate, bytes, mode);
            Plan more = plan(rate * (1 + random.nextDouble()), bytes, mode);
            String what = "seed %d, round %d: %s events/s of %d bytes, %s".formatted(seed, round, rate, bytes, mode);
            assertThat(more.capacity().shards())
                    .as(what)
                    .isGreaterThanOrEqualTo(less.capacity().shards());
            assertThat(more.price().perMonth().doubleValue())
                    .as(what)
                    .isGreaterThanOrEqualTo(less.price().perMonth().doubleValue());
            assertThat(less.capacity().parallelization()).as(what).isBetween(1, 10);
            assertThat(less.capacity().concurrency())
                    .as(what)
                    .isEqualTo(less.capacity().shards() * less.capacity().parallelization());
        }
    }

    @Test
    void quotaIsReachedAtTheRateThatUsesItUp() {
        Plan below = plan(10_000, 100, PROVISIONED);
        Plan above = plan(10_001, 100, PROVISIONED);

        Quota requests = quota(below, "API Gateway");
        assertThat(requests.eventsPerSecond()).isEqualTo(10_000);
        assertThat(requests.exceeded()).isFalse();
        assertThat(quota(above, "API Gateway").exceeded()).isTrue();
        assertThat(requireNonNull(below.firstQuotas().next()).name()).isEqualTo(requests.name());
        assertThat(requireNonNull(above.firstQuotas().exceeded()).name()).contains("new on-demand table");
    }

    private static Quota quota(Plan plan, String service) {
        return plan.details().quotas().stream()
                .filter(one -> one.service().equals(service))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void stepsGoToAMillionAndNameTheFirstQuota() {
        var steps = Step.upTo(PROVISIONED, 1_024, Assumptions.DEFAULT, PRICES);

        assertThat(steps)
                .extracting(Step::eventsPerSecond)
                .containsExactly(10L, 100L, 1_000L, 10_000L, 100_000L, 1_000_000L);
        assertThat(steps.get(0).quota()).isEmpty();
        assertThat(steps.get(3).quota()).startsWith("DynamoDB: writes/s of a new on-demand table");
        assertThat(steps.get(4).quota()).startsWith("API Gateway").contains("10,000");
        assertThat(steps)
                .allSatisfy(step ->
                        assertThat(step.ask().isEmpty()).isEqualTo(step.quota().isEmpty()));
    }

    @Test
    void aUsersFileReplacesOnlyItsEntries(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ours.json"), """
            {"asOf": "2026-06-01", "source": "our contract",
             "prices": {"kinesis.shard.hour": [{"each": 0.03}]}, "quotas": {"lambda.concurrency": 5000}}\
            """);

        PriceList ours = PRICES.with(file);

        assertThat(ours.asOf()).isEqualTo("2026-06-01");
        assertThat(ours.source()).isEqualTo("our contract");
        assertThat(ours.price("kinesis.shard.hour").of(10)).isEqualTo(0.3);
        assertThat(ours.quota("lambda.concurrency")).isEqualTo(5_000);
        assertThat(ours.price("lambda.request").of(10))
                .isEqualTo(PRICES.price("lambda.request").of(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"prices\": {\"kinesis.shard.hours\": [{\"each\": 1}]}}",
                "{\"prices\": {\"kinesis.shard.hour\": 1}}",
                "{\"prices\": {\"kinesis.shard.hour\": [{\"each\": -1}]}}",
                "{\"prices\": {\"kinesis.shard.hour\": [{\"upTo\": 5, \"each\": 1}]}}",
                "{\"prices\": {\"kinesis.shard.hour\": [{\"upTo\": 5, \"each\": 1}, {\"upTo\": 4, \"each\": 1},"
                        + " {\"each\": 1}]}}",
                "{\"quotas\": {\"lambda.concurrency\": \"many\"}}",
            })
    void aFileWithUnknownNamesOrInvalidPricesIsRejected(String text, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ours.json"), text);

        assertThatIllegalArgumentException().isThrownBy(() -> PRICES.with(file));
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "-1, 10", "NaN, 10", "20000000, 10", "10, 0", "10, 1048576"})
    void anInvalidLoadIsRejectedWithItsBounds(double rate, long bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Load(rate, bytes))
                .withMessageContaining("must be");
    }

    @Test
    void billCountsTheTemplatesAlarms() throws IOException {
        String template = Files.readString(ROOT.resolve("template.yaml"));
        int alarms = template.split("Type: AWS::CloudWatch::Alarm", -1).length - 1;

        assertThat(plan(1, 1, PROVISIONED).details().costs())
                .filteredOn(item -> item.what().equals("alarms"))
                .singleElement()
                .satisfies(item -> assertThat(item.quantity().intValue()).isEqualTo(alarms));
    }

    @Test
    void parametersAreThoseOfTheTemplate() throws IOException {
        String template = Files.readString(ROOT.resolve("template.yaml"));

        for (String assignment : plan(2_000, 4_096, PROVISIONED).parameters().split(" ", -1)) {
            assertThat(template).contains("\n  " + assignment.split("=", 2)[0] + ":\n");
        }
        assertThat(plan(2_000, 4_096, PROVISIONED).parameters())
                .isEqualTo("StreamMode=PROVISIONED ShardCount=10 Parallelization=1 BatchSize=100 WriterMemory=1024"
                        + " ThrottleRate=2500 ThrottleBurst=1250");
    }
}
