/**
 * SNS: topics, subscriptions of queues and functions, and their filter policies.
 *
 * <p>{@link dev.ingestkit.local.sns.SnsService} maps actions to the {@code …Actions} classes, which work on the
 * {@code TopicStore}; {@code Deliveries} sends a published message by {@link dev.ingestkit.local.sns.Subscribers}. The
 * package has no threads.
 */
@NullMarked
package dev.ingestkit.local.sns;

import org.jspecify.annotations.NullMarked;
