package dev.ingestkit.proof.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Schedules faults at every stage, of every kind that ends before a caller's timeout, by seed. */
public final class FaultSchedule {

    private static final List<String> RULES = List.of(
            "gateway:throttle,rate=0.002",
            "gateway:error,rate=0.002",
            "gateway:drop,rate=0.002",
            "gateway:delay,rate=0.002,delay=50ms",
            "kinesis-put:throttle,rate=0.002",
            "kinesis-put:error,rate=0.002",
            "kinesis-put:duplicate,rate=0.005",
            "kinesis-put:drop,rate=0.002",
            "kinesis-get:throttle,rate=0.01",
            "kinesis-get:error,rate=0.01",
            "kinesis-get:drop,rate=0.01",
            "kinesis-get:duplicate,rate=0.01",
            "kinesis-get:delay,rate=0.01,delay=50ms",
            "function-start:error,rate=0.1",
            "function-start:delay,rate=0.2,delay=100ms",
            "function-invoke:throttle,rate=0.01",
            "function-invoke:error,rate=0.01",
            "function-invoke:duplicate,rate=0.01",
            "function-invoke:delay,rate=0.01,delay=50ms",
            "dynamodb:throttle,rate=0.005",
            "dynamodb:error,rate=0.005",
            "dynamodb:drop,rate=0.002",
            "dynamodb:duplicate,rate=0.005",
            "dynamodb:delay,rate=0.002,delay=50ms",
            "dynamodb:timeout,rate=0.001,times=2",
            "sqs:throttle,rate=0.05",
            "sqs:error,rate=0.05",
            "sqs:drop,rate=0.05",
            "sqs:duplicate,rate=0.05",
            "secret:throttle,nth=1",
            "secret:error,nth=2");

    private FaultSchedule() {}

    /**
     * Returns the fault specifications.
     *
     * @param crashEvery a function's JVM is killed once in this many invocations
     */
    public static List<String> of(long seed, int crashEvery) {
        List<String> specifications = new ArrayList<>();
        Stream.concat(Stream.of("function-invoke:crash,every=" + crashEvery), RULES.stream())
                .forEach(rule -> specifications.add(rule + ",seed=" + (seed + specifications.size())));
        return specifications;
    }
}
