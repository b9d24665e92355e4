/** Lambda's REST API over the functions and the event source mappings. */
@NullMarked
package dev.ingestkit.local.lambda;

import org.jspecify.annotations.NullMarked;
