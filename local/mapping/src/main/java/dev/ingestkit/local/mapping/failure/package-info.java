/**
 * What a mapping does with failures that last: how long it waits between retries, whom it notifies of records that it gave
 * up, and what happens while that destination cannot be reached. {@code FailureMessage} of the mapping writes the notices.
 */
@NullMarked
package dev.ingestkit.local.mapping.failure;

import org.jspecify.annotations.NullMarked;
