/**
 * Parameters, conditions and intrinsic functions: {@link dev.ingestkit.local.template.intrinsic.Resolver} replaces each
 * function by its value, in the {@link dev.ingestkit.local.template.intrinsic.Scope} that gives names their meaning.
 * Used by one thread for one resolution.
 */
@NullMarked
package dev.ingestkit.local.template.intrinsic;

import org.jspecify.annotations.NullMarked;
