/** SQS in memory: standard and FIFO queues, long polling, dead letter queues and moving messages back from them. */
@NullMarked
package dev.ingestkit.local.sqs;

import org.jspecify.annotations.NullMarked;
