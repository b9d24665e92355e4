/** Secrets Manager: versions, stages, rotation, recovery window. */
@NullMarked
package dev.ingestkit.local.secrets;

import org.jspecify.annotations.NullMarked;
