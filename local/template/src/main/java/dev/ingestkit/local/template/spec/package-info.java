/**
 * A resolved template: {@link dev.ingestkit.local.template.spec.Stack} with a record for each resource that runs,
 * values within their bounds and defaults filled in. Immutable, so that any thread may read them.
 */
@NullMarked
package dev.ingestkit.local.template.spec;

import org.jspecify.annotations.NullMarked;
