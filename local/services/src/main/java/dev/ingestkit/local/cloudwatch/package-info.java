/**
 * CloudWatch, as far as clients of the other services call it: {@link
 * dev.ingestkit.local.cloudwatch.CloudWatchService} accepts metrics, {@link
 * dev.ingestkit.local.cloudwatch.PublishedMetrics} keeps their statistics for the runtime's status. Both are
 * thread-safe; the package has no threads.
 */
@NullMarked
package dev.ingestkit.local.cloudwatch;

import org.jspecify.annotations.NullMarked;
