package dev.ingestkit.cli.plan;

/**
 * A limit of AWS that a growing load meets.
 *
 * @param mode of the stream
 * @param service of AWS
 * @param name as AWS calls it
 * @param limit what an account has unless it asked
 * @param used what this load uses of it
 * @param eventsPerSecond the rate at which it is used up
 * @param exceeded whether this load is over it
 * @param ask what to ask AWS for, or to do
 */
public record Quota(
        StreamMode mode,
        String service,
        String name,
        Number limit,
        Number used,
        long eventsPerSecond,
        boolean exceeded,
        String ask) {}
