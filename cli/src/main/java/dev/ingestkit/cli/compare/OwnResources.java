package dev.ingestkit.cli.compare;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The resources that a comparison creates on one endpoint, all with names of one prefix. Each is registered before the
 * call that creates it, so it is deleted even if that call's answer was lost. Thread-safe.
 */
final class OwnResources {

    private final AwsClients clients;
    private final String prefix;
    private final Deque<Deletion> deletions = new ArrayDeque<>();

    OwnResources(AwsClients clients, String prefix) {
        this.clients = requireNonNull(clients, "clients");
        this.prefix = requireNonNull(prefix, "prefix");
    }

    /** A resource to delete. */
    private record Deletion(String resource, Runnable call) {}

    AwsClients clients() {
        return clients;
    }

    /** Returns the name of the one resource of a kind. */
    String name() {
        return prefix;
    }

    /** Registers the deletion of a resource that is about to be created. */
    synchronized void deleteLater(String resource, Runnable call) {
        deletions.push(new Deletion(resource, call));
    }

    /**
     * Deletes everything, the youngest first. A resource that does not exist counts as deleted.
     *
     * @return the resources that are left, each with the reason
     */
    synchronized List<String> delete() {
        List<String> left = new ArrayList<>();
        while (!deletions.isEmpty()) {
            Deletion deletion = deletions.pop();
            try {
                deletion.call().run();
            } catch (AwsServiceException refused) {
                if (!isAbsent(refused)) {
                    left.add(deletion.resource() + ": " + SdkFailures.cause(refused));
                }
            } catch (SdkException failed) {
                left.add(deletion.resource() + ": " + SdkFailures.cause(failed));
            }
        }
        return left;
    }

    private static boolean isAbsent(AwsServiceException refused) {
        String code = refused.awsErrorDetails() == null
                ? ""
                : String.valueOf(refused.awsErrorDetails().errorCode());
        return code.contains("NotFound") || code.contains("NonExistent") || code.contains("DoesNotExist");
    }
}
