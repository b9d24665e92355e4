/**
 * S3 as far as dead letters need it: buckets and objects in memory, addressed by path or by host.
 *
 * <p>{@link dev.ingestkit.local.s3.S3Service} finds the action of a request and calls {@code BucketActions} or {@code
 * ObjectActions}, which share one bounded {@code BucketStore}. The package has no threads.
 */
@NullMarked
package dev.ingestkit.local.s3;

import org.jspecify.annotations.NullMarked;
