/** Tests of event patterns beside AWS's own library. */
@NullMarked
package dev.ingestkit.local.pattern;

import org.jspecify.annotations.NullMarked;
