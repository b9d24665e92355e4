package dev.ingestkit.cli.compare;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes the same calls on two endpoints and compares the answers. It creates a stream, a table, a queue and a secret of
 * its own on each, and deletes them at the end, also when it fails or the process is stopped. Not thread-safe.
 */
public final class EndpointComparison {

    /** The resources that each endpoint gets, for the question to the user. */
    public static final String RESOURCES = "a stream of one shard, a table on demand, a queue and a secret";

    private final OwnResources here;
    private final OwnResources there;

    /**
     * Creates a comparison.
     *
     * @param prefix the name of the resources, which must be unused on both endpoints
     */
    public EndpointComparison(AwsClients here, AwsClients there, String prefix) {
        this.here = new OwnResources(requireNonNull(here, "here"), prefix);
        this.there = new OwnResources(requireNonNull(there, "there"), prefix);
    }

    /**
     * Makes all calls.
     *
     * @param found receives each row once both endpoints have answered
     * @throws CliException if an endpoint does not answer; {@code RESOURCES_LEFT} if a resource of its own could not be
     *     deleted
     */
    public void run(Consumer<Difference> found) {
        requireAnswer(here);
        requireAnswer(there);
        Thread onExit = new Thread(this::delete, "delete the comparison's resources");
        Runtime.getRuntime().addShutdownHook(onExit);
        List<String> left;
        try {
            probes().forEach(probe -> found.accept(compared(probe)));
        } finally {
            left = delete();
            removeHook(onExit);
        }
        if (!left.isEmpty()) {
            throw new CliException("RESOURCES_LEFT", ExitCode.FAILED, "not deleted: " + String.join("; ", left))
                    .hint("delete them by hand: their names begin with " + here.name());
        }
    }

    /** Fails at once for an endpoint that does not answer, whose rows would all be errors. */
    private static void requireAnswer(OwnResources own) {
        try {
            own.clients().sts().getCallerIdentity(caller -> {});
        } catch (SdkException failed) {
            throw SdkFailures.of("STS", "STS of " + own.clients().target().describe(), failed);
        }
    }

    private static Stream<Probe> probes() {
        return Stream.of(StreamProbes.all(), TableProbes.all(), QueueProbes.all(), OtherProbes.all())
                .flatMap(List::stream);
    }

    private Difference compared(Probe probe) {
        return Difference.of(probe.service(), probe.name(), answer(probe, here), answer(probe, there));
    }

    private static String answer(Probe probe, OwnResources own) {
        return Answer.of(own.clients().target(), () -> probe.call().apply(own));
    }

    private List<String> delete() {
        List<String> left = new ArrayList<>(here.delete());
        left.addAll(there.delete());
        return left;
    }

    private static void removeHook(Thread onExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException stopping) {
            // The process is being stopped, and the hook finds nothing left to delete.
            return;
        }
    }
}
