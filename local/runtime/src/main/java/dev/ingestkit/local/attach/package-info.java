/**
 * The stream, table, queue and secret of another endpoint, LocalStack or another runtime: {@link
 * dev.ingestkit.local.attach.Attachment} finds a stack there, {@link dev.ingestkit.local.attach.RemoteStreamSource}
 * reads its stream, {@link dev.ingestkit.local.attach.ForwardedCalls} passes calls on. Internal. Starting waits for
 * answers; everything after it is asynchronous on the HTTP client's threads.
 */
@NullMarked
package dev.ingestkit.local.attach;

import org.jspecify.annotations.NullMarked;
