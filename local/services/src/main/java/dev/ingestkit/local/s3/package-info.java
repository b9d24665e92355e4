/** S3 as far as dead letters need it: buckets and objects in memory, by path or by host. */
@NullMarked
package dev.ingestkit.local.s3;

import org.jspecify.annotations.NullMarked;
