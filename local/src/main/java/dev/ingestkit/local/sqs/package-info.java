/** SQS: standard and FIFO queues, visibility, delay, redrive. */
@NullMarked
package dev.ingestkit.local.sqs;

import org.jspecify.annotations.NullMarked;
