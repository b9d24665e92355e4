package dev.ingestkit.cli.plan;

/**
 * An AWS quota that a growing load reaches.
 *
 * @param mode the stream's mode
 * @param service the AWS service
 * @param name AWS's name of the quota
 * @param limit the default of an account
 * @param used the usage of this load
 * @param eventsPerSecond the rate that reaches the limit
 * @param exceeded whether this load exceeds the quota
 * @param ask the increase to request, or another remedy
 */
public record Quota(
        CapacityMode mode,
        String service,
        String name,
        Number limit,
        Number used,
        long eventsPerSecond,
        boolean exceeded,
        String ask) {}
