/**
 * The rules for failures that last: how long a mapping waits between retries, where it reports records that it gave up, and
 * what happens while that destination cannot be reached. {@code FailureMessage} of the mapping writes the notices.
 */
@NullMarked
package dev.ingestkit.local.mapping.failure;

import org.jspecify.annotations.NullMarked;
