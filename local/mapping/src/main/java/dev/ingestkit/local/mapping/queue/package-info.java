/**
 * Event source mappings of SQS queues: a poller that receives, invokes and deletes, without shards or checkpoints,
 * since the queue itself keeps unprocessed messages.
 */
@NullMarked
package dev.ingestkit.local.mapping.queue;

import org.jspecify.annotations.NullMarked;
