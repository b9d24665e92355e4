/**
 * SQS in memory: standard and FIFO queues, long polling, dead letter queues, and moving messages back from them.
 *
 * <p>{@link dev.ingestkit.local.sqs.SqsService} maps actions to the {@code …Actions} classes and {@code MoveTasks},
 * which validate members; {@code QueueRegistry} owns the {@code Queue}s and performs every operation on messages.
 *
 * <p>Threads: actions run on the caller's thread under the registry's lock, which is never held while a response is
 * written. One daemon thread, {@code sqs}, completes long polls and runs move tasks.
 */
@NullMarked
package dev.ingestkit.local.sqs;

import org.jspecify.annotations.NullMarked;
