/** CloudWatch, as far as clients of the other services call it. */
@NullMarked
package dev.ingestkit.local.cloudwatch;

import org.jspecify.annotations.NullMarked;
